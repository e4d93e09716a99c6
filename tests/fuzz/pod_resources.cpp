// SPDX-License-Identifier: Apache-2.0
// What the kubelet's podresources service answers.
#include "daemon/kubelet/pod_resources.hpp"

#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/held.hpp"
#include "tests/fuzz/request.hpp"
#include "tests/fuzz/told.hpp"

#include "podresources_v1.pb.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace hdp::testing {

namespace {

std::size_t idsIn(const v1::ListPodResourcesResponse& response) {
    std::size_t count = 0;
    for (const auto& pod : response.pod_resources()) {
        for (const auto& container : pod.containers()) {
            for (const auto& devices : container.devices()) {
                count += static_cast<std::size_t>(devices.device_ids_size());
            }
        }
    }
    return count;
}

std::vector<Holding> holdingsIn(const PodResources& resources) {
    std::vector<Holding> holdings;
    for (const auto& [device, holders] : resources.holders) {
        for (const auto& holder : holders) {
            holdings.push_back(
                {device.resource, device.id, holder.podNamespace, holder.pod, holder.container});
        }
    }
    return holdings;
}

} // namespace

void tryOut(std::string_view input) {
    const auto response = messageIn<v1::ListPodResourcesResponse>(input);
    if (!response) {
        return;
    }
    const auto resources = podResourcesIn(*response);
    require(resources.error.empty(), "an answer is no error");
    std::size_t count = 0;
    for (const auto& [device, holders] : resources.holders) {
        require(resources.held.contains(device), "what has a holder is held", device.id);
        require(!holders.empty(), "what is held has a holder", device.id);
        count += holders.size();
    }
    require(resources.holders.size() == resources.held.size(), "what is held has a holder");
    require(count == idsIn(*response), "each holder is known");
    requireTold({.inventory = std::make_shared<const Inventory>(tombstonesOf(resources.held)),
                 .holdings = holdingsIn(resources),
                 .namesPods = true});
}

} // namespace hdp::testing
