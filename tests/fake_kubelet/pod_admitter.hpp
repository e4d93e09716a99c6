// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/allocation.hpp"
#include "tests/fake_kubelet/client_table.hpp"
#include "tests/fake_kubelet/device_choice.hpp"
#include "tests/fake_kubelet/kubelet_state.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace hdp::testing {

/// The way of a container's devices from the pod's admission to the start. Any thread; admissions
/// run one after the other, so that one hung Allocate call holds up all the others, as on a node.
class PodAdmitter {
  public:
    explicit PodAdmitter(KubeletState& state);

    /// GetPreferredAllocation if the plugin wants it, then Allocate, without a deadline.
    Allocation allocate(const ContainerRequest& request);

    /// PreStartContainer if the plugin wants it, then the cached response.
    Allocation startContainer(const ContainerResource& key);

    /// The pod has ended: its devices are free again.
    void forgetPod(const std::string& podUid);

  private:
    /// A look at the state: what was decided and whom to ask.
    struct Question {
        Admission admission;
        Allocation cached{};
        ClientPtr client{};
        bool stopped = false;
        std::uint64_t life = 0;
        std::uint32_t seed = 0;
    };

    Question question(const ContainerRequest& request);
    static std::string prefer(const Question& question, DeviceChoice& choice);
    Allocation callAllocate(const ContainerRequest& request,
                            const Question& question,
                            const std::vector<std::string>& ids);
    Allocation keep(const ContainerRequest& request, Allocation allocation);
    Allocation finish(const ContainerRequest& request, std::uint64_t life, Allocation allocation);

    KubeletState& state_;
    std::mutex admissions_;
};

} // namespace hdp::testing
