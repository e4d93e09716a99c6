// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/inventory.hpp"

#include "daemon/inventory/simulated_name.hpp"

#include <algorithm>
#include <utility>

namespace hdp {

namespace {

bool isUnusable(const hotplug::Problem& problem) {
    return hotplug::severityOf(problem.reason) == hotplug::Severity::Unusable;
}

const hotplug::PciAddress& addressOf(const DeviceStatus& status) {
    return status.device.address;
}

hotplug::Problem removed(const DeviceStatus& status) {
    const auto subject = status.device.simulated
                             ? "the simulated device " + status.id + " is gone"
                             : "the chip at " + status.id + " is gone from the PCI bus";
    return {hotplug::Reason::Removed,
            subject +
                "; it stays listed as Unhealthy because a pod may still hold it, and returns "
                "when the " +
                (status.device.simulated ? "device" : "chip") + " does"};
}

/// Where a device of that id is or would be; its model is what little an id tells.
std::optional<hotplug::Device> deviceNamed(const std::string& id) {
    if (auto simulated = simulatedDeviceNamed(id)) {
        return simulated;
    }
    const auto address = hotplug::parsePciAddress(id);
    if (!address || hotplug::toString(*address) != id) {
        return std::nullopt;
    }
    hotplug::Device device;
    device.address = *address;
    device.model = "hailo-unknown";
    return device;
}

} // namespace

std::string idOf(const hotplug::Device& device) {
    return device.simulated ? device.simulated->id : hotplug::toString(device.address);
}

std::string_view nameOf(Health health) {
    return health == Health::Healthy ? "Healthy" : "Unhealthy";
}

const hotplug::Problem* DeviceStatus::mainProblem() const {
    const auto& problems = device.problems;
    if (problems.empty()) {
        return nullptr;
    }
    const auto unusable = std::ranges::find_if(problems, isUnusable);
    return unusable == problems.end() ? &problems.front() : &*unusable;
}

const DeviceStatus* Inventory::find(std::string_view id) const {
    const auto place = deviceNamed(std::string{id.substr(0, longestId + 1)});
    if (!place) {
        return nullptr;
    }
    const auto found = std::ranges::lower_bound(devices, place->address, {}, addressOf);
    return found == devices.end() || found->id != id ? nullptr : &*found;
}

bool isTombstone(const DeviceStatus& status) {
    const auto& problems = status.device.problems;
    return problems.size() == 1 && problems.front().reason == hotplug::Reason::Removed;
}

DeviceStatus statusOf(hotplug::Device device) {
    auto id = idOf(device);
    if (!device.classDevice && !device.simulated &&
        std::ranges::none_of(device.problems, isUnusable)) {
        device.problems.push_back({hotplug::Reason::ClassDeviceMissing,
                                   "no driver offers a class device for the chip at " + id});
    }
    const auto usable = std::ranges::none_of(device.problems, isUnusable);
    return {std::move(id), std::move(device), usable ? Health::Healthy : Health::Unhealthy, {}};
}

DeviceStatus tombstoneOf(const DeviceStatus& vanished) {
    auto tombstone = vanished;
    tombstone.health = Health::Unhealthy;
    tombstone.device.driver.reset();
    tombstone.device.driverVersion.reset();
    tombstone.device.classDevice.reset();
    tombstone.device.problems = {removed(vanished)};
    return tombstone;
}

std::optional<DeviceStatus> tombstoneFor(const HeldDevice& held) {
    auto device = deviceNamed(held.id);
    if (!device) {
        return std::nullopt;
    }
    DeviceStatus tombstone;
    tombstone.id = held.id;
    tombstone.resource = held.resource;
    tombstone.device = *std::move(device);
    tombstone.device.problems = {removed(tombstone)};
    return tombstone;
}

} // namespace hdp
