// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <set>

namespace hdp::testing {

/// Requires that what somebody says pods hold makes tombstones with which the kubelet and people
/// can live.
void requireTombstones(const std::set<HeldDevice>& held);

} // namespace hdp::testing
