// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/health/error_watch.hpp"
#include "hotplug/pci_address.hpp"
#include "hotplug/problem.hpp"
#include "hotplug/recovery.hpp"
#include "hotplug/vital_signs.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace hdp {

/// What is wrong with one chip according to its vital signs, slow to believe: the first answer
/// counts at once, later a change for the worse counts when two readings in a row say so, and one
/// for the better after three. An event of the kernel counts at once. Pure but for the time passed
/// in.
class ChipHealth {
  public:
    using Clock = ErrorWatch::Clock;

    static constexpr int readingsToFall = 2;
    static constexpr int readingsToRise = 3;

    explicit ChipHealth(const hotplug::PciAddress& address) : address_(address) {}

    /// Takes a reading; nothing means that the chip did not answer in time.
    void observe(const std::optional<hotplug::VitalSigns>& signs, Clock::time_point now);

    /// Takes the end of a recovery of the chip, unless it is older than one taken before. Answers
    /// whether the chip is other than it was.
    bool take(const hotplug::Recovery& recovery);

    /// A chip that no driver has will be set up anew by the next one.
    void letGo() { recoveryFailed_ = false; }

    /// What counts now.
    [[nodiscard]] std::vector<hotplug::Problem> problems() const;

    /// Whether another reading soon would settle something.
    [[nodiscard]] bool isUnsure() const { return streak_ > 0; }

    /// The newest answer.
    [[nodiscard]] const std::optional<hotplug::VitalSigns>& signs() const { return signs_; }

  private:
    void consider(std::vector<hotplug::Problem> found);
    [[nodiscard]] std::vector<hotplug::Problem>
    found(const std::optional<hotplug::VitalSigns>& signs, Clock::time_point now);

    hotplug::PciAddress address_;
    std::optional<hotplug::VitalSigns> signs_;
    ErrorWatch errors_;
    bool recoveryFailed_ = false;
    std::uint64_t lastRecovery_ = 0; ///< the number of its event
    bool isSettled_ = false;         ///< something counted already
    std::vector<hotplug::Problem> counted_;
    std::vector<hotplug::Problem> candidate_;
    int streak_ = 0; ///< readings in a row that said what the candidate says
};

} // namespace hdp
