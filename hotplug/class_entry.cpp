// SPDX-License-Identifier: Apache-2.0
#include "hotplug/class_entry.hpp"

#include "hotplug/attribute.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>

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

/// Reads "234:0".
std::optional<DeviceNumber> parseDeviceNumber(std::string_view text) {
    const auto colon = std::min(text.find(':'), text.size());
    const auto major = parseNumber(text.substr(0, colon));
    const auto minor = parseNumber(text.substr(std::min(colon + 1, text.size())));
    return major && minor ? std::optional{DeviceNumber{*major, *minor}} : std::nullopt;
}

/// What is wrong with an attribute that should say something else.
std::string faultOf(const Attribute& attribute, const std::string& expected) {
    if (attribute.isGood()) {
        return "says \"" + attribute.text + "\", which is no " + expected;
    }
    return attribute.isBad() ? attribute.fault : "is missing";
}

/// The address that an entry claims in its own words.
struct Claim {
    std::string attribute;
    std::optional<PciAddress> address;
    std::string fault; ///< why there is no address although the attribute should be one
};

/// board_location is an address by definition; device_id is one only from driver 5.3 on.
Claim claimOf(const Attribute& boardLocation, const Attribute& deviceId) {
    if (boardLocation.state == Attribute::State::Missing) {
        return {"device_id", parsePciAddress(deviceId.text), deviceId.fault};
    }
    const auto address = parsePciAddress(boardLocation.text);
    return {"board_location", address, address ? "" : faultOf(boardLocation, "PCI address")};
}

/// Links of sysfs are relative and lead straight to a real folder: text is enough to resolve them.
std::filesystem::path
hostPathOf(const Folder& folder, std::string_view className, const std::string& name) {
    const std::string target = folder.linkTarget(name).value_or(name);
    return (std::filesystem::path("/sys/class") / className / target).lexically_normal();
}

/// A container sees the folder; no other place of the host may become visible so.
bool isOfClassDevice(const std::filesystem::path& sysPath, const std::string& name) {
    const auto& text = sysPath.native();
    return sysPath.filename() == name &&
           (text.starts_with("/sys/devices/") || text.starts_with("/sys/class/"));
}

void takeNumber(const Attribute& dev, ClassEntry& result) {
    result.device.number = parseDeviceNumber(dev.text);
    if (!result.device.number) {
        result.faults.push_back(result.device.sysPath.string() + "/dev " +
                                faultOf(dev, "device number"));
    }
}

ClassEntryReading anomaly(std::string sentence) {
    ClassEntryReading reading;
    reading.anomalies.push_back(std::move(sentence));
    return reading;
}

/// No PCI address can be had.
ClassEntryReading passedOver(const std::string& path, const Claim& claim) {
    return anomaly((claim.fault.empty() ? path + " tells no PCI address"
                                        : path + "/" + claim.attribute + " " + claim.fault) +
                   "; it was passed over.");
}

/// The link to the PCI function, which the kernel made, is believed before the driver's words. But
/// HailoRT goes by those words, so they have to be good.
void compare(const std::string& path,
             const Claim& claim,
             const PciAddress& linked,
             ClassEntryReading& reading) {
    if (!claim.fault.empty()) {
        reading.entry->faults.push_back(path + "/" + claim.attribute + " " + claim.fault);
    }
    if (claim.address && *claim.address != linked) {
        reading.anomalies.push_back(path + " claims " + toString(*claim.address) +
                                    " and is linked to " + toString(linked) +
                                    "; the link was trusted.");
    }
}

/// Takes what the entry's own folder tells.
ClassEntryReading readFolder(const Folder& entry, ClassDevice device, const std::string& path) {
    // The kernel makes it last (device_add): where it can be read, the driver's attributes are
    // there.
    const Attribute dev = entry.attribute("dev");
    const Attribute boardLocation = entry.attribute("board_location");
    const Attribute deviceId = entry.attribute("device_id");
    if (isIntegratedText(boardLocation) || isIntegratedText(deviceId)) {
        return {};
    }
    const Claim claim = claimOf(boardLocation, deviceId);
    const auto linked = parsePciAddress(entry.linkName("device").value_or(""));
    if (!linked && !claim.address) {
        return passedOver(path, claim);
    }
    device.boardLocation = textOf(boardLocation);
    device.deviceId = textOf(deviceId);
    device.acceleratorType = textOf(entry.attribute("accelerator_type"));
    ClassEntryReading reading;
    reading.entry = ClassEntry{linked ? *linked : *claim.address, std::move(device), {}};
    takeNumber(dev, *reading.entry);
    if (linked) {
        compare(path, claim, *linked, reading);
    }
    return reading;
}

} // namespace

ClassEntryReading
readClassEntry(const Folder& folder, std::string_view className, const std::string& name) {
    if (isIntegratedName(name)) {
        return {};
    }
    const std::string classPath = "/sys/class/" + std::string(className);
    if (!isWords(name)) {
        return anomaly(classPath + " holds a name that is not text; it was passed over.");
    }
    const std::string path = classPath + "/" + name;
    const auto sysPath = hostPathOf(folder, className, name);
    if (!isOfClassDevice(sysPath, name)) {
        return anomaly(path + " leads to " + sysPath.string() +
                       ", which is no class device; it was passed over.");
    }
    const auto entry = folder.folder(name);
    if (!entry) {
        return anomaly(path + " is not a folder that can be opened; it was passed over.");
    }
    ClassDevice device;
    device.name = name;
    device.classFolder = className;
    device.sysPath = sysPath;
    return readFolder(*entry, std::move(device), path);
}

} // namespace hdp::hotplug
