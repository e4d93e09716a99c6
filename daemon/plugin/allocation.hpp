// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/handover/handover.hpp"
#include "daemon/inventory/inventory.hpp"

#include "deviceplugin_v1beta1.pb.h"

namespace hdp {

/// Answers the kubelet's Allocate: one response for each container of the request, in its order.
/// Looks at the inventory only and waits for nothing, because the kubelet gives the call no
/// deadline and admits no other pod meanwhile. The same request gets the same answer again. Throws
/// AllocationError for an id that is unknown, Unhealthy, named twice or empty, and for a container
/// that names none.
v1beta1::AllocateResponse allocate(const Inventory& inventory,
                                   const Handover& handover,
                                   const v1beta1::AllocateRequest& request);

} // namespace hdp
