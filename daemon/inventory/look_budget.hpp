// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace hdp {

/// Decides when to look at the hardware after an event, so that single changes are seen at once and
/// storms cost little: a token bucket. A plug is three uevents (function added, class device added,
/// driver bound), so a few looks are free; after that one look in each interval serves all events
/// of it.
class LookBudget {
  public:
    using Clock = std::chrono::steady_clock;

    /// `free` looks may follow each other at once; one more is earned in each `interval`.
    LookBudget(int free, Clock::duration interval);

    /// Spends a look and answers when it may happen: now or later. Times must not go backwards.
    Clock::time_point spend(Clock::time_point now);

  private:
    Clock::duration interval_;
    Clock::duration depth_;
    Clock::time_point fullAt_{};
};

} // namespace hdp
