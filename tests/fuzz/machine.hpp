// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/daemon/builders.hpp"

namespace hdp::testing {

/// Chips on two NUMA nodes with two switches each, 0000:01:00.0 to 0000:08:00.0, one without a
/// driver at 0000:09:00.0, one that is gone at 0000:0a:00.0, and one in a domain that HailoRT
/// cannot address.
inline InventoryPtr machine() {
    std::vector<hotplug::Device> devices;
    for (unsigned index = 1; index <= 8; ++index) {
        const auto id = "0000:0" + std::to_string(index) + ":00.0";
        const auto root = index % 4 < 2 ? "0000:00:01.0" : "0000:00:02.0";
        auto one = index % 2 == 0 ? chip(id, index) : youngChip(id, index);
        devices.push_back(on(index <= 4 ? 0 : 1, behind({root}, std::move(one))));
    }
    devices.push_back(unboundChip("0000:09:00.0"));
    devices.push_back(chip("0000:0a:00.0", 10));
    devices.push_back(with(hotplug::Reason::WideDomain, chip("10000:01:00.0", 11)));
    auto inventory = inventoryOf(devices);
    auto& vanished = inventory.devices[9];
    vanished = tombstoneOf(vanished);
    return std::make_shared<const Inventory>(std::move(inventory));
}

} // namespace hdp::testing
