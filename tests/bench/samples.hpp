// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace hdp::testing {

/// Durations of one thing that was done many times.
class Samples {
  public:
    using Duration = std::chrono::nanoseconds;

    void add(Duration duration) { durations_.push_back(duration); }

    /// Does the work, and adds how long it took.
    void time(const auto& work) {
        const auto before = std::chrono::steady_clock::now();
        work();
        add(std::chrono::steady_clock::now() - before);
    }

    [[nodiscard]] std::size_t size() const { return durations_.size(); }

    /// The duration that the given share of all does not exceed; 1.0 is the longest. In
    /// microseconds. There must be at least one.
    [[nodiscard]] double percentile(double share) const;

  private:
    std::vector<Duration> durations_;
};

} // namespace hdp::testing
