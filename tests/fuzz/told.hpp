// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "hotplug/vital_signs.hpp"

#include <map>

namespace hdp::testing {

using Signs = std::map<hotplug::PciAddress, hotplug::VitalSigns>;

/// Requires that everything which is told of an inventory is well formed: JSON, the page's state,
/// metrics.
void requireTold(const Inventory& inventory, const Signs& signs);

} // namespace hdp::testing
