// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <optional>
#include <string_view>

namespace hdp {

/// How chips are chosen when a container asks for several. Packed keeps them on one NUMA node, then
/// behind one PCIe switch, and leaves big groups whole. Spread takes them from as many nodes and
/// switches as possible: four Hailo-8 behind one Gen3 x8 uplink were seen to deliver 2.5 times one
/// chip's frames.
enum class AllocationPolicy { Packed, Spread };

/// "packed" or "spread".
std::string_view nameOf(AllocationPolicy policy);

std::optional<AllocationPolicy> parseAllocationPolicy(std::string_view name);

/// Answers the kubelet's GetPreferredAllocation. The must-include chips come first, the rest
/// follows the policy; the same request on the same inventory gets the same answer. An error would
/// fail the pod, so ids that are not in the inventory, or Unhealthy since the kubelet asked, are
/// merely taken last, and fewer are answered when there are no more. Each id is answered once.
/// Throws AllocationError for a negative size and for more must-include chips than the size.
v1beta1::PreferredAllocationResponse
preferredAllocation(const Inventory& inventory,
                    AllocationPolicy policy,
                    const v1beta1::PreferredAllocationRequest& request);

} // namespace hdp
