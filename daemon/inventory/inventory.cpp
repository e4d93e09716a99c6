// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/inventory.hpp"

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

hotplug::Problem removed(const std::string& id) {
    return {hotplug::Reason::Removed,
            "the chip at " + id +
                " is gone from the PCI bus; it stays listed as Unhealthy because a pod may still "
                "hold it, and returns when the chip does"};
}

} // namespace

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
    const auto address = hotplug::parsePciAddress(id);
    if (!address) {
        return nullptr;
    }
    const auto found = std::ranges::lower_bound(devices, *address, {}, addressOf);
    return found == devices.end() || found->id != id ? nullptr : &*found;
}

bool isTombstone(const DeviceStatus& status) {
    const auto& problems = status.device.problems;
    return problems.size() == 1 && problems.front().reason == hotplug::Reason::Removed;
}

DeviceStatus statusOf(hotplug::Device device) {
    auto id = hotplug::toString(device.address);
    if (!device.classDevice && std::ranges::none_of(device.problems, isUnusable)) {
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
    tombstone.device.problems = {removed(vanished.id)};
    return tombstone;
}

std::optional<DeviceStatus> tombstoneFor(const HeldDevice& held) {
    const auto address = hotplug::parsePciAddress(held.id);
    if (!address || hotplug::toString(*address) != held.id) {
        return std::nullopt;
    }
    DeviceStatus tombstone;
    tombstone.id = held.id;
    tombstone.resource = held.resource;
    tombstone.device.address = *address;
    tombstone.device.model = "hailo-unknown";
    tombstone.device.problems = {removed(held.id)};
    return tombstone;
}

} // namespace hdp
