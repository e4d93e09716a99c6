// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include "deviceplugin_v1beta1.pb.h"

namespace hdp {

/// The full list of chips in the kubelet's form, which replaces what the kubelet knew. The topology
/// is left out where the NUMA node is unknown: a node of -1 makes the kubelet reject every aligned
/// pod.
v1beta1::ListAndWatchResponse deviceListOf(const Inventory& inventory);

} // namespace hdp
