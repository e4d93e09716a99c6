// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/admission.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <cstddef>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace hdp::testing {

/// Picks the devices of one container: aligned ones first, the plugin's preference within that,
/// and the rest at random, as the order of Go's maps is. A pure value but for the random source.
class DeviceChoice {
  public:
    DeviceChoice(Admission candidates, std::size_t count, std::mt19937& random);

    /// What the kubelet asks the plugin; nothing when the aligned devices settle it.
    [[nodiscard]] std::optional<v1beta1::PreferredAllocationRequest> question() const;

    /// Follows the answer as far as it names candidates.
    void prefer(const v1beta1::PreferredAllocationResponse& answer);

    /// Fills up what is missing; the ids are in random order.
    std::vector<std::string> finish();

  private:
    using Ids = std::set<std::string>;

    [[nodiscard]] bool isWithinAligned() const { return count_ < candidates_.aligned.size(); }

    [[nodiscard]] std::vector<std::string> shuffled(const Ids& ids) const;
    void take(const Ids& from);

    Admission candidates_;
    std::size_t count_;
    std::mt19937& random_;
    Ids taken_;
};

} // namespace hdp::testing
