// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace v1 {
class ListPodResourcesResponse;
}

namespace hdp {

/// A container of a pod, in the kubelet's words.
struct Holder {
    std::string podNamespace;
    std::string pod;
    std::string container;

    friend bool operator==(const Holder&, const Holder&) = default;
};

/// Which devices of all resources the kubelet's pods hold, or why that is not known.
struct PodResources {
    std::set<HeldDevice> held;
    std::string error; ///< empty: what is held is the whole truth
    /// The same with those who hold them; several containers of a pod may share a device.
    std::map<HeldDevice, std::vector<Holder>> holders{};
};

/// What the kubelet's podresources service answered.
PodResources podResourcesIn(const v1::ListPodResourcesResponse& response);

} // namespace hdp
