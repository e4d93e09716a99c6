// SPDX-License-Identifier: Apache-2.0
// A whole tree of sysfs and /dev, from the scan to everything that is told of its chips.
#include "cdi/spec_json.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "daemon/inventory/inventory.hpp"
#include "daemon/plugin/device_list.hpp"
#include "hotplug/sysfs_scanner.hpp"
#include "hotplug/vital_signs_text.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/told.hpp"
#include "tests/fuzz/tree.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <memory>

namespace hdp::testing {

namespace {

using hotplug::Device;

void requireOrder(const hotplug::Scan& scan) {
    require(std::ranges::adjacent_find(scan.devices, std::ranges::greater_equal{},
                                       &Device::address) == scan.devices.end(),
            "devices are sorted, each address once");
    require(std::ranges::is_sorted(scan.anomalies), "anomalies are sorted");
    std::ranges::for_each(scan.anomalies, requireSentence);
}

void requireTexts(const hotplug::ClassDevice& device) {
    requireSentence(device.name);
    requireSentence(device.sysPath.string());
    require(device.sysPath.string().starts_with("/sys/") &&
                device.sysPath.filename() == device.name,
            "what a container sees is its own folder of sysfs", device.sysPath.string());
    for (const auto& text : {device.deviceId, device.boardLocation, device.acceleratorType}) {
        requireSentence(text.value_or("absent"));
    }
}

void requireTexts(const Device& device) {
    requireSentence(device.model);
    requireSentence(device.driver.value_or("absent"));
    requireSentence(device.driverVersion.value_or("absent"));
    for (const auto& problem : device.problems) {
        requireSentence(problem.sentence);
    }
    if (device.classDevice) {
        requireTexts(*device.classDevice);
    }
    require(hotplug::parsePciAddress(toString(device.address)) == device.address,
            "an address is read as it was written");
}

/// A scan that remembers, one that has forgotten, and one by somebody else see the same.
hotplug::Scan scanOf(const Tree& tree) {
    const auto sys = tree.root() / "sys";
    const auto dev = tree.root() / "dev";
    hotplug::SysfsScanner scanner{sys, dev};
    auto scan = scanner.scan();
    require(scanner.scan() == scan, "a second look sees the same");
    scanner.forget();
    require(scanner.scan() == scan, "memory changes nothing");
    const auto inPod = hotplug::SysfsScanner{sys, {}}.scan();
    require(inPod.devices.size() == scan.devices.size(), "nodes make no chips");
    return scan;
}

Inventory inventoryOf(const hotplug::Scan& scan) {
    Inventory inventory{1, {}};
    std::ranges::transform(scan.devices, std::back_inserter(inventory.devices), statusOf);
    return inventory;
}

void requireDescribed(const Inventory& inventory) {
    const auto spec = cdiSpecOf(inventory, "hailo.ai/device");
    if (spec) {
        require(cdi::parseSpec(cdi::toJson(*spec)) == *spec,
                "a CDI file is read as it was written");
    }
    for (const auto& status : inventory.devices) {
        require(inventory.find(status.id) == &status, "a chip is found by its id");
        require((status.health == Health::Unhealthy) <= (status.mainProblem() != nullptr),
                "an Unhealthy chip has a problem");
        const bool isDescribed =
            spec &&
            std::ranges::find(spec->devices, status.id, &cdi::Device::name) != spec->devices.end();
        require(status.health == Health::Unhealthy || isDescribed,
                "what is Healthy can be handed over", status.id);
    }
    require(deviceListOf(inventory).devices_size() == std::ssize(inventory.devices),
            "the kubelet hears of each chip");
}

/// Asks the chips; a pipe in the place of an attribute would be a chip that never answers.
std::map<hotplug::PciAddress, hotplug::VitalSigns> signsOf(const Tree& tree,
                                                           const Inventory& inventory) {
    std::map<hotplug::PciAddress, hotplug::VitalSigns> signs;
    for (const auto& status : inventory.devices) {
        const auto& address = status.device.address;
        auto one =
            tree.hasPipes() ? std::nullopt : hotplug::readVitalSigns(tree.root() / "sys", address);
        if (one) {
            const hotplug::VitalSignsLine line{address, *one};
            require(hotplug::parseVitalSignsLine(toString(line)) == line,
                    "vital signs are read as they were written", toString(line));
            signs.emplace(address, *std::move(one));
        }
    }
    return signs;
}

} // namespace

void tryOut(std::string_view input) {
    requireNoLeak([input] {
        const Tree tree{input};
        const auto scan = scanOf(tree);
        requireOrder(scan);
        std::ranges::for_each(scan.devices, [](const Device& each) { requireTexts(each); });
        const auto inventory = inventoryOf(scan);
        requireDescribed(inventory);
        requireTold({.inventory = std::make_shared<const Inventory>(inventory),
                     .signs = signsOf(tree, inventory)});
    });
}

} // namespace hdp::testing
