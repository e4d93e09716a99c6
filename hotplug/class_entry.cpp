// SPDX-License-Identifier: Apache-2.0
#include "hotplug/class_entry.hpp"

#include "hotplug/driver_generation.hpp"
#include "hotplug/folder.hpp"

#include <algorithm>
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

std::optional<unsigned> parseNumber(std::string_view text) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    return isWhole ? std::optional{number} : std::nullopt;
}

/// Reads "234:0" into the device; what is wrong otherwise.
std::string readDeviceNumber(const Attribute& attribute, ClassDevice& device) {
    if (!attribute.isGood()) {
        return attribute.isBad() ? attribute.fault : "is missing";
    }
    const std::string_view text = attribute.text;
    const auto colon = std::min(text.find(':'), text.size());
    const auto major = parseNumber(text.substr(0, colon));
    const auto minor = parseNumber(text.substr(std::min(colon + 1, text.size())));
    if (!major || !minor) {
        return "says \"" + attribute.text + "\", which is no device number";
    }
    device.major = *major;
    device.minor = *minor;
    return "";
}

/// One entry of a class folder while it is read.
struct Candidate {
    std::string path; ///< on the host, below /sys/class
    Folder folder;
    Attribute boardLocation;
    Attribute deviceId;
};

/// Reads the entries of one class folder and notes what it finds.
class ClassFolderReader {
  public:
    ClassFolderReader(const Folder& folder, std::string_view name, ClassEntries& found)
        : folder_(folder), name_(name), found_(found) {}

    void read(const std::string& name);

  private:
    void complain(const std::string& sentence) { found_.anomalies.push_back(sentence); }

    [[nodiscard]] std::filesystem::path hostPathOf(const std::string& name) const;
    [[nodiscard]] ClassEntry entryOf(const std::string& name, const Candidate& candidate) const;
    std::optional<PciAddress> addressOf(const Candidate& candidate);
    std::optional<PciAddress> claimOf(const Candidate& candidate);
    std::optional<PciAddress> addressIn(const std::string& path, const Attribute& attribute);

    const Folder& folder_;
    std::string name_;
    ClassEntries& found_;
};

void ClassFolderReader::read(const std::string& name) {
    if (isIntegratedName(name)) {
        return;
    }
    const std::string path = "/sys/class/" + name_ + "/" + name;
    auto folder = folder_.folder(name);
    if (!folder) {
        complain(path + " is not a folder that can be opened; it was passed over.");
        return;
    }
    const Attribute boardLocation = folder->attribute("board_location");
    const Attribute deviceId = folder->attribute("device_id");
    if (isIntegratedText(boardLocation) || isIntegratedText(deviceId)) {
        return;
    }
    const Candidate candidate{path, *std::move(folder), boardLocation, deviceId};
    if (const auto address = addressOf(candidate)) {
        found_.entries.push_back(entryOf(name, candidate));
        found_.entries.back().address = *address;
    }
}

ClassEntry ClassFolderReader::entryOf(const std::string& name, const Candidate& candidate) const {
    ClassEntry entry;
    entry.device.name = name;
    entry.device.classFolder = name_;
    entry.device.sysPath = hostPathOf(name);
    entry.device.deviceId = textOf(candidate.deviceId);
    entry.device.boardLocation = textOf(candidate.boardLocation);
    entry.device.acceleratorType = textOf(candidate.folder.attribute("accelerator_type"));
    entry.devFault = readDeviceNumber(candidate.folder.attribute("dev"), entry.device);
    return entry;
}

/// Links of sysfs are relative and lead straight to a real folder: text is enough to resolve them.
std::filesystem::path ClassFolderReader::hostPathOf(const std::string& name) const {
    const std::string target = folder_.linkTarget(name).value_or(name);
    return (std::filesystem::path("/sys/class") / name_ / target).lexically_normal();
}

/// What the attributes claim, checked against the link to the PCI function that the kernel made.
std::optional<PciAddress> ClassFolderReader::addressOf(const Candidate& candidate) {
    const std::size_t before = found_.anomalies.size();
    const auto claimed = claimOf(candidate);
    const auto linked = parsePciAddress(candidate.folder.linkName("device").value_or(""));
    if (linked && claimed && *linked != *claimed) {
        complain(candidate.path + " claims " + toString(*claimed) + " and is linked to " +
                 toString(*linked) + "; the link was trusted.");
    }
    if (!linked && !claimed && found_.anomalies.size() == before) {
        complain(candidate.path + " tells no PCI address; it was passed over.");
    }
    return linked ? linked : claimed;
}

/// board_location is an address by definition; device_id is one only from driver 5.3 on.
std::optional<PciAddress> ClassFolderReader::claimOf(const Candidate& candidate) {
    if (candidate.boardLocation.state != Attribute::State::Missing) {
        return addressIn(candidate.path + "/board_location", candidate.boardLocation);
    }
    if (candidate.deviceId.isBad()) {
        return addressIn(candidate.path + "/device_id", candidate.deviceId);
    }
    return parsePciAddress(candidate.deviceId.text);
}

std::optional<PciAddress> ClassFolderReader::addressIn(const std::string& path,
                                                       const Attribute& attribute) {
    if (attribute.isBad()) {
        complain(path + " " + attribute.fault + ", so it gives no PCI address.");
        return std::nullopt;
    }
    auto address = parsePciAddress(attribute.text);
    if (!address) {
        complain(path + " says \"" + attribute.text + "\", which is no PCI address.");
    }
    return address;
}

} // namespace

ClassEntries readClassEntries(const std::filesystem::path& sysRoot) {
    ClassEntries found;
    for (const std::string_view name : classFolders()) {
        const auto folder = Folder::open(sysRoot / "class" / name);
        if (!folder) {
            continue;
        }
        ClassFolderReader reader{*folder, name, found};
        for (const std::string& entry : folder->names()) {
            reader.read(entry);
        }
    }
    return found;
}

} // namespace hdp::hotplug
