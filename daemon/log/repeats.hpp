// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/log/entry.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <vector>

namespace hdp::log {

/// Keeps what repeats from flooding the log: of equal entries the first few are let through, the
/// others within a while are counted. Allocations are an audit trail, and always let through.
class Repeats {
  public:
    using Clock = std::chrono::steady_clock;

    static constexpr std::size_t admitted = 10;
    static constexpr std::chrono::seconds span{10};
    static constexpr std::size_t remembered = 64; ///< different entries at a time

    /// Whether to write the entry.
    [[nodiscard]] bool admit(const Entry& entry, Clock::time_point now);

    /// For each entry of which some were withheld and whose time is over, one that says how many.
    /// Ask before admit().
    [[nodiscard]] std::vector<Entry> ended(Clock::time_point now);

    /// The same, whether time is over or not.
    [[nodiscard]] std::vector<Entry> all() { return ended(Clock::time_point::max()); }

  private:
    struct Run {
        Entry entry;
        Clock::time_point end;
        std::size_t times = 0;
    };

    std::list<Run> runs_; ///< the oldest first
};

} // namespace hdp::log
