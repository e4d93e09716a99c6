// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "hotplug/device.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// Values for the tests of the daemon.
namespace hdp::testing {

/// Throws std::invalid_argument for what is no address.
hotplug::PciAddress addressOf(std::string_view id);

/// A Hailo-8 of driver 4.23.0 that lacks nothing, as /dev/hailo<index>.
hotplug::Device chip(std::string_view id, unsigned index = 0);

/// A Hailo-10H of driver 5.3.0 that lacks nothing, as /dev/h1x-<index>.
hotplug::Device youngChip(std::string_view id, unsigned index = 0);

/// A chip that no driver took.
hotplug::Device unboundChip(std::string_view id);

/// The same chip with a problem more, whose sentence is "what is wrong".
hotplug::Device with(hotplug::Reason reason, hotplug::Device device);

/// The same chip on a NUMA node, and behind bridges: root port first.
hotplug::Device on(int numaNode, hotplug::Device device);
hotplug::Device behind(const std::vector<std::string_view>& bridges, hotplug::Device device);

/// Sorted by address, generation 1.
Inventory inventoryOf(const std::vector<hotplug::Device>& devices);
InventoryPtr snapshotOf(const std::vector<hotplug::Device>& devices);

/// The inventory after all its chips vanished.
Inventory afterRemoval(const Inventory& inventory);

} // namespace hdp::testing
