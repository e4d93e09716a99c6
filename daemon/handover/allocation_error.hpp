// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

namespace hdp {

/// A request that cannot be granted. The sentence reaches the user as the pod's status message, so
/// it names the device and the reason.
class AllocationError : public std::runtime_error {
  public:
    enum class Kind {
        InvalidRequest, ///< no inventory could grant it
        NotNow          ///< the named chip cannot be had in its present state
    };

    AllocationError(Kind kind, const std::string& sentence)
        : std::runtime_error(sentence), kind_(kind) {}

    [[nodiscard]] Kind kind() const noexcept { return kind_; }

  private:
    Kind kind_;
};

} // namespace hdp
