// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/allocation.hpp"
#include "tests/fake_kubelet/device_ledger.hpp"
#include "tests/fake_kubelet/pod_devices.hpp"

#include <set>
#include <string>

namespace hdp::testing {

/// What the device manager decides about a request before it asks the plugin anything.
struct Admission {
    enum class Verdict {
        Refused,   ///< the pod fails with the error
        Admitted,  ///< nothing to do: running already, or the container has its devices
        NeedsMore, ///< choose among the candidates
    };

    Verdict verdict = Verdict::Refused;
    std::string error{};
    std::set<std::string> available{}; ///< healthy and held by nobody
    std::set<std::string> aligned{};   ///< those of them on the wished NUMA nodes
    std::set<std::string> unaligned{}; ///< those on other NUMA nodes
};

/// The kubelet's checks, in its order and with its texts. A running container is one that the
/// runtime reported at kubelet start while the pod sources were not ready yet.
Admission admit(const ContainerRequest& request,
                bool isRunning,
                const DeviceLedger& ledger,
                const PodDevices& pods);

} // namespace hdp::testing
