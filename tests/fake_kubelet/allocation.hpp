// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/pod_devices.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hdp::testing {

/// A container that asks for devices while its pod is admitted.
struct ContainerRequest {
    std::string podUid;
    std::string container;
    std::string resource;
    std::size_t count = 1;
    /// What the topology manager settled on; absent: it has no wish, as with policy "none".
    std::optional<std::set<std::int64_t>> numaNodes{};

    [[nodiscard]] ContainerResource key() const { return {podUid, container, resource}; }
};

/// The outcome of an admission. Where there is an error, the pod fails for good with
/// "Allocate failed due to <error>, which is unexpected".
struct Allocation {
    std::string error{};                           ///< empty: admitted
    std::vector<std::string> deviceIds{};          ///< in the order they were sent
    v1beta1::ContainerAllocateResponse response{}; ///< what the runtime gets at each start
    bool replayed = false;                         ///< from the cache: the plugin was not asked

    [[nodiscard]] bool admitted() const { return error.empty(); }
};

} // namespace hdp::testing
