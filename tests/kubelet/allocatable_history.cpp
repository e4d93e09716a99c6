// SPDX-License-Identifier: Apache-2.0
#include "tests/kubelet/allocatable_history.hpp"

#include <cstddef>

namespace hdp::testing {

using std::chrono::milliseconds;

AllocatableHistory::AllocatableHistory(KubeletNode& node) : node_(node) {
    look();
    watcher_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

void AllocatableHistory::watch(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::this_thread::sleep_for(milliseconds(1));
        look();
    }
}

void AllocatableHistory::look() {
    const auto allocatable = node_.count().value_or(NodeCount{}).allocatable;
    if (changes_.empty() || changes_.back().allocatable != allocatable) {
        changes_.push_back({Clock::now(), allocatable});
    }
}

void AllocatableHistory::end() {
    if (watcher_.joinable()) {
        watcher_.request_stop();
        watcher_.join();
    }
}

milliseconds AllocatableHistory::outage() {
    end();
    Clock::duration total{};
    for (std::size_t i = 1; i < changes_.size(); ++i) {
        if (changes_[i - 1].allocatable == 0) {
            total += changes_[i].when - changes_[i - 1].when;
        }
    }
    return std::chrono::duration_cast<milliseconds>(total);
}

std::string AllocatableHistory::text() {
    end();
    std::string all;
    for (const auto& change : changes_) {
        const auto since =
            std::chrono::duration_cast<milliseconds>(change.when - changes_.front().when);
        all += (all.empty() ? "" : ", ") + std::to_string(since.count()) + ": " +
               std::to_string(change.allocatable);
    }
    return all;
}

} // namespace hdp::testing
