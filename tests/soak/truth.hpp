// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/hardware_churn.hpp"

#include <optional>
#include <set>
#include <string>

namespace hdp::testing {

/// What may be told of the chips, as far as what was done to the hardware decides it. A chip that
/// is there is told of, as it is. One that is gone stays listed as Unhealthy; only a daemon that
/// began anew may leave it out, unless a pod holds it.
class Truth {
  public:
    explicit Truth(const HardwareChurn& hardware) : hardware_(hardware) {}

    /// What is wrong with a list, as a sentence; nothing if it may be so.
    [[nodiscard]] std::optional<std::string> contradicts(const DeviceHealth& listed) const;

    /// Everything that is on the bus now has been told.
    void wasTold();

    /// The daemon has begun anew while pods held these.
    void beganAnew(const std::set<std::string>& held) { told_ = held; }

  private:
    const HardwareChurn& hardware_;
    std::set<std::string> told_; ///< must be listed for as long as the daemon lives
};

} // namespace hdp::testing
