// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/chip_health.hpp"

#include "daemon/health/diagnosis.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hdp {

namespace {

using hotplug::Problem;
using hotplug::Reason;
using Problems = std::vector<Problem>;

bool haveSameReasons(const Problems& left, const Problems& right) {
    return std::ranges::equal(left, right, {}, &Problem::reason, &Problem::reason);
}

/// Whether something is wrong now that was not before.
bool isWorse(const Problems& found, const Problems& before) {
    return std::ranges::any_of(found, [&before](const Problem& problem) {
        return std::ranges::find(before, problem.reason, &Problem::reason) == before.end();
    });
}

Problem notResponding(const hotplug::PciAddress& address) {
    return {Reason::NotResponding, "the kernel got no answer in time from the chip at " +
                                       toString(address) +
                                       "; power-cycle it, and the machine if that does not help"};
}

Problem recoveryFailed(const hotplug::PciAddress& address) {
    return {Reason::RecoveryFailed, "the kernel could not recover the chip at " +
                                        toString(address) +
                                        " after a PCIe error; unbind and bind its driver, or "
                                        "power-cycle it"};
}

} // namespace

void ChipHealth::observe(const std::optional<hotplug::VitalSigns>& signs, Clock::time_point now) {
    auto problems = found(signs, now);
    const bool isFirstAnswer = signs && !signs_;
    signs_ = signs ? signs : signs_;
    if (isFirstAnswer && !isSettled_) {
        isSettled_ = true;
        streak_ = 0;
        counted_ = std::move(problems);
    } else {
        consider(std::move(problems));
    }
}

std::vector<Problem> ChipHealth::found(const std::optional<hotplug::VitalSigns>& signs,
                                       Clock::time_point now) {
    if (!signs) {
        return {notResponding(address_)};
    }
    auto problems = diagnose(address_, *signs);
    if (signs->errors && !signs->isConfigSpaceDead) {
        errors_.observe(*signs->errors, now);
    }
    std::ranges::copy(errors_.problems(address_, now), std::back_inserter(problems));
    return problems;
}

bool ChipHealth::take(const hotplug::Recovery& recovery) {
    if (recovery.sequence < lastRecovery_) {
        return false;
    }
    lastRecovery_ = recovery.sequence;
    const bool failed = recovery.end == hotplug::Recovery::End::Failed;
    return std::exchange(recoveryFailed_, failed) != failed;
}

void ChipHealth::consider(std::vector<Problem> found) {
    if (haveSameReasons(found, counted_)) {
        counted_ = std::move(found);
        streak_ = 0;
        return;
    }
    streak_ = haveSameReasons(found, candidate_) ? streak_ + 1 : 1;
    const int enough = isWorse(found, counted_) ? readingsToFall : readingsToRise;
    candidate_ = std::move(found);
    if (streak_ >= enough) {
        isSettled_ = true;
        streak_ = 0;
        counted_ = std::exchange(candidate_, {});
    }
}

std::vector<Problem> ChipHealth::problems() const {
    auto problems = counted_;
    if (recoveryFailed_) {
        problems.push_back(recoveryFailed(address_));
    }
    return problems;
}

} // namespace hdp
