// SPDX-License-Identifier: Apache-2.0
#include "hotplug/class_entry.hpp"

#include "hotplug/driver_generation.hpp"
#include "hotplug/folder.hpp"

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace hdp::hotplug {

namespace {

/// The node names of the drivers for chips inside a SoC, up to 5.2.0 and from 5.3.0 on.
bool isIntegratedName(std::string_view name) {
    return name == "hailo_integrated_nnc" || name == "h1x";
}

/// Such drivers write "[integrated]" where PCIe drivers write an address.
bool isIntegratedText(const Attribute& attribute) {
    return attribute.text.starts_with('[');
}

std::optional<std::string> textOf(const Attribute& attribute) {
    return attribute.isGood() ? std::optional{attribute.text} : std::nullopt;
}

bool parseNumber(std::string_view text, unsigned& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

/// Reads "234:0" into the device; what is wrong otherwise.
std::string readDeviceNumber(const Attribute& attribute, ClassDevice& device) {
    if (!attribute.isGood()) {
        return attribute.isBad() ? attribute.fault : "is missing";
    }
    const std::string_view text = attribute.text;
    const auto colon = text.find(':');
    const bool isNumber = colon != std::string_view::npos &&
                          parseNumber(text.substr(0, colon), device.major) &&
                          parseNumber(text.substr(colon + 1), device.minor);
    return isNumber ? "" : "says \"" + attribute.text + "\", which is no device number";
}

/// One entry of one class folder while it is read.
class EntryReader {
  public:
    EntryReader(const Folder& classFolder, std::string classPath, ClassEntries& found)
        : classFolder_(classFolder), classPath_(std::move(classPath)), found_(found) {}

    void read(const std::string& name);

  private:
    [[nodiscard]] std::filesystem::path hostPathOf(const std::string& name) const;
    std::optional<PciAddress> addressOf(const std::string& path,
                                        const Folder& folder,
                                        const Attribute& boardLocation,
                                        const Attribute& deviceId);
    std::optional<PciAddress> addressIn(const std::string& path, const Attribute& attribute);

    const Folder& classFolder_;
    std::string classPath_;
    ClassEntries& found_;
};

void EntryReader::read(const std::string& name) {
    if (isIntegratedName(name)) {
        return;
    }
    const std::string path = classPath_ + "/" + name;
    const auto folder = classFolder_.folder(name);
    if (!folder) {
        found_.anomalies.push_back(path +
                                   " is not a folder that can be opened; it was passed over.");
        return;
    }
    const Attribute boardLocation = folder->attribute("board_location");
    const Attribute deviceId = folder->attribute("device_id");
    if (isIntegratedText(boardLocation) || isIntegratedText(deviceId)) {
        return;
    }
    const auto address = addressOf(path, *folder, boardLocation, deviceId);
    if (!address) {
        return;
    }
    ClassEntry entry{*address, {}, {}};
    entry.device.name = name;
    entry.device.classFolder = classPath_.substr(classPath_.rfind('/') + 1);
    entry.device.sysPath = hostPathOf(name);
    entry.device.deviceId = textOf(deviceId);
    entry.device.boardLocation = textOf(boardLocation);
    entry.device.acceleratorType = textOf(folder->attribute("accelerator_type"));
    entry.devFault = readDeviceNumber(folder->attribute("dev"), entry.device);
    found_.entries.push_back(std::move(entry));
}

/// Links of sysfs are relative and lead straight to a real folder, so that text is enough to
/// resolve them.
std::filesystem::path EntryReader::hostPathOf(const std::string& name) const {
    const auto target = classFolder_.linkTarget(name);
    return (std::filesystem::path(classPath_) / target.value_or(name)).lexically_normal();
}

std::optional<PciAddress> EntryReader::addressIn(const std::string& path,
                                                 const Attribute& attribute) {
    if (attribute.isBad()) {
        found_.anomalies.push_back(path + " " + attribute.fault + ", so it gives no PCI address.");
        return std::nullopt;
    }
    auto address = parsePciAddress(attribute.text);
    if (!address) {
        found_.anomalies.push_back(path + " says \"" + attribute.text +
                                   "\", which is no PCI address.");
    }
    return address;
}

/// What the attributes claim, checked against the link to the PCI function, which the kernel itself
/// made.
std::optional<PciAddress> EntryReader::addressOf(const std::string& path,
                                                 const Folder& folder,
                                                 const Attribute& boardLocation,
                                                 const Attribute& deviceId) {
    const std::size_t before = found_.anomalies.size();
    std::optional<PciAddress> claimed;
    if (boardLocation.state != Attribute::State::Missing) {
        claimed = addressIn(path + "/board_location", boardLocation);
    } else if (deviceId.isBad()) {
        claimed = addressIn(path + "/device_id", deviceId);
    } else {
        claimed = parsePciAddress(deviceId.text);
    }
    const auto linked = parsePciAddress(folder.linkName("device").value_or(""));
    if (linked && claimed && *linked != *claimed) {
        found_.anomalies.push_back(path + " claims " + toString(*claimed) + " and is linked to " +
                                   toString(*linked) + "; the link was trusted.");
    }
    if (!linked && !claimed && found_.anomalies.size() == before) {
        found_.anomalies.push_back(path + " tells no PCI address; it was passed over.");
    }
    return linked ? linked : claimed;
}

} // namespace

ClassEntries readClassEntries(const std::filesystem::path& sysRoot) {
    ClassEntries found;
    for (const std::string_view name : classFolders()) {
        const auto folder = Folder::open(sysRoot / "class" / name);
        if (!folder) {
            continue;
        }
        EntryReader reader{*folder, "/sys/class/" + std::string(name), found};
        for (const std::string& entry : folder->names()) {
            reader.read(entry);
        }
    }
    return found;
}

} // namespace hdp::hotplug
