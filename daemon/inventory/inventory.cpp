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

DeviceStatus statusOf(hotplug::Device device) {
    auto id = hotplug::toString(device.address);
    if (!device.classDevice && std::ranges::none_of(device.problems, isUnusable)) {
        device.problems.push_back({hotplug::Reason::ClassDeviceMissing,
                                   "no driver offers a class device for the chip at " + id});
    }
    const auto usable = std::ranges::none_of(device.problems, isUnusable);
    return {std::move(id), std::move(device), usable ? Health::Healthy : Health::Unhealthy};
}

DeviceStatus tombstoneOf(const DeviceStatus& vanished) {
    auto tombstone = vanished;
    tombstone.health = Health::Unhealthy;
    tombstone.device.driver.reset();
    tombstone.device.driverVersion.reset();
    tombstone.device.classDevice.reset();
    tombstone.device.problems = {
        {hotplug::Reason::Removed,
         "the chip at " + vanished.id +
             " is gone from the PCI bus; it stays listed as Unhealthy because a "
             "pod may still hold it, and returns when the chip does"}};
    return tombstone;
}

} // namespace hdp
