// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/pod_resources.hpp"

#include "podresources_v1.pb.h"

namespace hdp {

namespace {

void addDevices(const v1::ContainerResources& container, const Holder& holder, PodResources& all) {
    for (const auto& devices : container.devices()) {
        for (const auto& id : devices.device_ids()) {
            const HeldDevice device{devices.resource_name(), id};
            all.held.insert(device);
            all.holders[device].push_back(holder);
        }
    }
}

} // namespace

PodResources podResourcesIn(const v1::ListPodResourcesResponse& response) {
    PodResources all;
    for (const auto& pod : response.pod_resources()) {
        for (const auto& container : pod.containers()) {
            addDevices(container, {pod.namespace_(), pod.name(), container.name()}, all);
        }
    }
    return all;
}

} // namespace hdp
