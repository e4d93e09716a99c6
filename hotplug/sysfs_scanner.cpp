// SPDX-License-Identifier: Apache-2.0
#include "hotplug/sysfs_scanner.hpp"

#include "hotplug/device_node.hpp"
#include "hotplug/driver_generation.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace hdp::hotplug {

namespace {

/// Everything that was seen under one address.
struct Sighting {
    std::optional<PciFunction> function;
    std::vector<ClassEntry> entries;
};

/// HailoRT reads a PCI domain of exactly four hex digits.
constexpr std::uint32_t widestUsableDomain = 0xffff;

Problem driverNotBound(const PciFunction& function) {
    const auto generations = generationsFor(function.identity.id);
    const std::string module = generations.empty()
                                   ? "a Hailo driver that knows " + toString(function.identity.id)
                                   : "module " + std::string(generations.back()->module);
    return {Reason::DriverNotBound,
            toString(function.identity.address) + " has no driver: load " + module +
                ", or look for \"Firmware load failed\" in dmesg if it is loaded."};
}

/// Why a function that is on the bus offers no class device.
Problem withoutClassDevice(const PciFunction& function) {
    if (!function.driver) {
        return driverNotBound(function);
    }
    const std::string start =
        toString(function.identity.address) + " is bound to driver " + *function.driver;
    if (!isHailoDriver(*function.driver)) {
        return {Reason::ForeignDriver,
                start + ", which is not Hailo's; unbind it to give the chip back."};
    }
    return {Reason::ClassDeviceMissing,
            start + ", which offers no class device for it yet; if it stays so, look into dmesg."};
}

Problem ambiguous(const PciAddress& address, const std::vector<ClassEntry>& entries) {
    std::vector<std::string> names;
    names.reserve(entries.size());
    for (const ClassEntry& entry : entries) {
        names.push_back(entry.device.classFolder + "/" + entry.device.name);
    }
    std::ranges::sort(names);
    std::string list;
    for (const std::string& name : names) {
        list += (list.empty() ? "" : ", ") + name;
    }
    return {Reason::ClassDeviceAmbiguous, toString(address) +
                                              " is claimed by several class devices (" + list +
                                              "); reload the driver."};
}

void takeFunction(const PciFunction& function, Device& device) {
    device.id = function.identity.id;
    device.model = modelOf(function.identity.id);
    device.upstream = function.identity.upstream;
    device.numaNode = function.identity.numaNode;
    device.driver = function.driver;
    device.driverVersion = function.driverVersion;
}

/// Makes the best of a class device alone: only its own words tell what chip it is.
void takeOrphan(const ClassEntry& entry, Device& device) {
    const auto id = parsePciId(entry.device.deviceId.value_or(""));
    device.id = id.value_or(PciId{});
    device.model = id ? modelOf(*id) : "hailo-unknown";
    device.problems.push_back(
        {Reason::PciFunctionMissing,
         "/sys/class/" + entry.device.classFolder + "/" + entry.device.name + " claims " +
             toString(device.address) +
             ", where no Hailo function is on the PCI bus; reload the driver."});
}

void takeClassDevice(const ClassEntry& entry,
                     const std::filesystem::path& devRoot,
                     Device& device) {
    device.classDevice = entry.device;
    for (const std::string& fault : entry.faults) {
        device.problems.push_back({Reason::AttributeUnreadable, fault + "; reload the driver."});
    }
    if (devRoot.empty()) {
        return;
    }
    if (auto problem = checkNode(devRoot, entry.device)) {
        device.problems.push_back(*std::move(problem));
    }
}

void checkDomain(Device& device) {
    if (device.address.domain > widestUsableDomain) {
        device.problems.push_back(
            {Reason::WideDomain, toString(device.address) +
                                     " has a PCI domain of more than 16 bits, which "
                                     "HailoRT cannot address; turn VMD off."});
    }
}

Device
join(const PciAddress& address, const Sighting& sighting, const std::filesystem::path& devRoot) {
    Device device;
    device.address = address;
    if (sighting.function) {
        takeFunction(*sighting.function, device);
    } else {
        takeOrphan(sighting.entries.front(), device);
    }
    if (sighting.entries.size() > 1) {
        device.problems.push_back(ambiguous(address, sighting.entries));
    } else if (sighting.entries.size() == 1) {
        takeClassDevice(sighting.entries.front(), devRoot, device);
    } else {
        device.problems.push_back(withoutClassDevice(*sighting.function));
    }
    checkDomain(device);
    return device;
}

} // namespace

SysfsScanner::SysfsScanner(const std::filesystem::path& sysRoot, std::filesystem::path devRoot)
    : bus_(sysRoot), devRoot_(std::move(devRoot)) {
    for (const std::string_view name : classFolders()) {
        classFolders_.emplace_back(sysRoot, name);
    }
}

void SysfsScanner::forget() {
    bus_.forget();
    for (ClassFolder& folder : classFolders_) {
        folder.forget();
    }
}

Scan SysfsScanner::scan() {
    std::map<PciAddress, Sighting> sightings;
    for (PciFunction& function : bus_.hailoFunctions()) {
        const PciAddress address = function.identity.address;
        sightings[address].function = std::move(function);
    }
    Scan scan;
    for (ClassEntry& entry : readClassFolders(scan.anomalies)) {
        sightings[entry.address].entries.push_back(std::move(entry));
    }
    for (const auto& [address, sighting] : sightings) {
        scan.devices.push_back(join(address, sighting, devRoot_));
    }
    return scan;
}

std::vector<ClassEntry> SysfsScanner::readClassFolders(std::vector<std::string>& anomalies) {
    std::vector<ClassEntry> entries;
    for (ClassFolder& folder : classFolders_) {
        folder.read(entries, anomalies);
    }
    std::ranges::sort(anomalies);
    return entries;
}

} // namespace hdp::hotplug
