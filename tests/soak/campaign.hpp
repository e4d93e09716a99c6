// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/soak/footprint.hpp"
#include "tests/soak/machine.hpp"
#include "tests/soak/recovery_table.hpp"
#include "tests/soak/step.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace hdp::testing {

/// How long a soak is, and of what.
struct Plan {
    std::uint32_t seed = 0;
    std::size_t steps = 0;           ///< 0: until the time is over
    std::chrono::minutes time{0};    ///< 0: until the steps are taken
    std::vector<std::string> only{}; ///< names of steps; empty: all kinds
    bool tellsEach = false;          ///< each step as it is taken, on standard error
};

/// Steps of all kinds in random order, after each of which the daemon must come back to the truth.
/// The kinds come in rounds, so that each has its turn.
class Campaign {
  public:
    /// Throws std::invalid_argument for a kind of step that there is not.
    explicit Campaign(Plan plan);

    /// Whether the daemon withstood all of it; else standard error tells what it did not.
    bool run();

    /// What was measured.
    void report(std::ostream& out) const;

  private:
    using Clock = std::chrono::steady_clock;

    void begin();
    void takeAll();
    void take(const Step& step);
    void settle();
    void finish();
    [[nodiscard]] bool isOver() const;
    const Step& draw();
    void rest();
    void complain(const std::string& finding);

    Plan plan_;
    std::vector<Step> kinds_;
    std::vector<Step> round_; ///< still to be drawn
    std::size_t taken_ = 0;
    Clock::time_point start_ = Clock::now();
    std::deque<std::string> history_; ///< the newest last
    RecoveryTable recoveries_;
    Trend trend_;
    Machine machine_;
};

} // namespace hdp::testing
