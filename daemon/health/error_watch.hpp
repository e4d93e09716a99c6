// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/pci_address.hpp"
#include "hotplug/problem.hpp"
#include "hotplug/vital_signs.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace hdp {

/// Judges the PCIe errors of one chip by how their counts grow. A count that grew is a problem
/// until it has stood still for a while; what had been counted before the first reading is none. A
/// count that fell starts anew, because the chip was taken off the bus meanwhile.
class ErrorWatch {
  public:
    using Clock = std::chrono::steady_clock;

    /// How long counts have to stand still.
    static constexpr std::chrono::minutes quietPeriod{5};

    void observe(const hotplug::AerCounts& counts, Clock::time_point now);

    [[nodiscard]] std::vector<hotplug::Problem> problems(const hotplug::PciAddress& address,
                                                         Clock::time_point now) const;

  private:
    std::optional<hotplug::AerCounts> last_;
    std::optional<Clock::time_point> fatalAt_;    ///< when the count was last seen to grow
    std::optional<Clock::time_point> nonFatalAt_; ///< as above
};

} // namespace hdp
