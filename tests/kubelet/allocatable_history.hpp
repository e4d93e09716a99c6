// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/kubelet/kubelet_node.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace hdp::testing {

/// How many chips a node could allocate from now on, looked at each millisecond on a thread of its
/// own. The node outlives it and keeps its kubelet meanwhile.
class AllocatableHistory {
  public:
    using Clock = std::chrono::steady_clock;

    explicit AllocatableHistory(KubeletNode& node);

    /// Ends the looking. For how long, in total, there was none.
    std::chrono::milliseconds outage();

    /// Ends the looking. Each change and when it was seen, in milliseconds: "0: 1, 12: 0, 231: 1".
    std::string text();

  private:
    struct Change {
        Clock::time_point when;
        int allocatable = 0;
    };

    void watch(const std::stop_token& stop);
    void look();
    void end();

    KubeletNode& node_;
    std::vector<Change> changes_;
    std::jthread watcher_;
};

} // namespace hdp::testing
