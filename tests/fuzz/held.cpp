// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/held.hpp"

#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <map>

namespace hdp::testing {

Inventory tombstonesOf(const std::set<HeldDevice>& held) {
    std::map<hotplug::PciAddress, DeviceStatus> byAddress;
    for (const auto& each : held) {
        const auto tombstone = tombstoneFor(each);
        if (tombstone) {
            require(tombstone->id == each.id && idOf(tombstone->device) == each.id,
                    "a tombstone keeps the id", each.id);
            require(isTombstone(*tombstone) && tombstone->health == Health::Unhealthy,
                    "a tombstone is Unhealthy", each.id);
            byAddress.emplace(tombstone->device.address, *tombstone);
        }
    }
    Inventory inventory{1, {}};
    for (const auto& [address, tombstone] : byAddress) {
        inventory.devices.push_back(tombstone);
    }
    for (const auto& status : inventory.devices) {
        require(inventory.find(status.id) == &status, "a tombstone is found by its id", status.id);
    }
    return inventory;
}

} // namespace hdp::testing
