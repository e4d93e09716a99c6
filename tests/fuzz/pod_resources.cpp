// SPDX-License-Identifier: Apache-2.0
// What the kubelet's podresources service answers.
#include "daemon/kubelet/pod_resources.hpp"

#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/held.hpp"
#include "tests/fuzz/request.hpp"

#include "podresources_v1.pb.h"

#include <cstddef>

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
    requireTombstones(resources.held);
}

} // namespace hdp::testing
