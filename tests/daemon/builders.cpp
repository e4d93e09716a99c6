// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/builders.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace hdp::testing {

namespace {

hotplug::Device onTheBus(std::string_view id, std::uint16_t deviceId) {
    hotplug::Device device;
    device.address = addressOf(id);
    device.id = {hotplug::hailoVendor, deviceId};
    device.model = hotplug::modelOf(device.id);
    return device;
}

} // namespace

hotplug::PciAddress addressOf(std::string_view id) {
    const auto address = hotplug::parsePciAddress(id);
    if (!address) {
        throw std::invalid_argument("not a PCI address: " + std::string{id});
    }
    return *address;
}

hotplug::Device chip(std::string_view id, unsigned index) {
    auto device = onTheBus(id, 0x2864);
    device.driver = "hailo";
    device.driverVersion = "4.23.0";
    hotplug::ClassDevice entry;
    entry.name = "hailo" + std::to_string(index);
    entry.classFolder = "hailo_chardev";
    entry.sysPath = "/sys/devices/pci0000:00/" + std::string{id} + "/hailo_chardev/" + entry.name;
    entry.number = {510, index};
    entry.deviceId = "1e60:2864";
    entry.boardLocation = std::string{id};
    entry.acceleratorType = "0";
    device.classDevice = std::move(entry);
    return device;
}

hotplug::Device youngChip(std::string_view id, unsigned index) {
    auto device = onTheBus(id, 0x45c4);
    device.driver = "hailo1x";
    device.driverVersion = "5.3.0";
    hotplug::ClassDevice entry;
    entry.name = "h1x-" + std::to_string(index);
    entry.classFolder = "hailo1x";
    entry.sysPath = "/sys/devices/pci0000:00/" + std::string{id} + "/hailo1x/" + entry.name;
    entry.number = {509, index};
    entry.deviceId = std::string{id};
    device.classDevice = std::move(entry);
    return device;
}

hotplug::Device unboundChip(std::string_view id) {
    return with(hotplug::Reason::DriverNotBound, onTheBus(id, 0x2864));
}

hotplug::Device with(hotplug::Reason reason, hotplug::Device device) {
    device.problems.push_back({reason, "what is wrong"});
    return device;
}

hotplug::Device on(int numaNode, hotplug::Device device) {
    device.numaNode = numaNode;
    return device;
}

hotplug::Device behind(const std::vector<std::string_view>& bridges, hotplug::Device device) {
    device.upstream.clear();
    std::ranges::transform(bridges, std::back_inserter(device.upstream), addressOf);
    return device;
}

Inventory inventoryOf(const std::vector<hotplug::Device>& devices) {
    Inventory inventory{1, {}};
    std::ranges::transform(devices, std::back_inserter(inventory.devices), statusOf);
    std::ranges::sort(inventory.devices, {},
                      [](const DeviceStatus& status) { return status.device.address; });
    return inventory;
}

InventoryPtr snapshotOf(const std::vector<hotplug::Device>& devices) {
    return std::make_shared<const Inventory>(inventoryOf(devices));
}

Inventory afterRemoval(const Inventory& inventory) {
    Inventory after{inventory.generation + 1, {}};
    std::ranges::transform(inventory.devices, std::back_inserter(after.devices), tombstoneOf);
    return after;
}

} // namespace hdp::testing
