// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <set>

namespace hdp::testing {

/// The tombstones of what somebody says pods hold; requires that the kubelet and people can live
/// with them.
Inventory tombstonesOf(const std::set<HeldDevice>& held);

} // namespace hdp::testing
