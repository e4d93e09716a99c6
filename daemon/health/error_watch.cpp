// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/error_watch.hpp"

#include <string>

namespace hdp {

namespace {

using hotplug::Problem;
using hotplug::Reason;

bool isRecent(std::optional<ErrorWatch::Clock::time_point> when,
              ErrorWatch::Clock::time_point now) {
    return when && now - *when < ErrorWatch::quietPeriod;
}

} // namespace

void ErrorWatch::observe(const hotplug::AerCounts& counts, Clock::time_point now) {
    if (last_ && counts.fatal > last_->fatal) {
        fatalAt_ = now;
    }
    if (last_ && counts.nonFatal > last_->nonFatal) {
        nonFatalAt_ = now;
    }
    last_ = counts;
}

std::vector<Problem> ErrorWatch::problems(const hotplug::PciAddress& address,
                                          Clock::time_point now) const {
    std::vector<Problem> problems;
    const auto chip = toString(address);
    if (isRecent(fatalAt_, now)) {
        problems.push_back(
            {Reason::AerFatal, "the kernel counted fatal PCIe errors of " + chip +
                                   "; see aer_dev_fatal in its sysfs folder, and reset it"});
    }
    if (isRecent(nonFatalAt_, now)) {
        problems.push_back(
            {Reason::AerNonFatal, "the kernel counted uncorrectable PCIe errors of " + chip +
                                      "; see aer_dev_nonfatal in its sysfs folder, and its slot"});
    }
    return problems;
}

} // namespace hdp
