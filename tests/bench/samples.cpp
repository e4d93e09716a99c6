// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/samples.hpp"

#include <algorithm>
#include <cmath>

namespace hdp::testing {

double Samples::percentile(double share) const {
    auto sorted = durations_;
    std::ranges::sort(sorted);
    const auto rank = std::ceil(share * static_cast<double>(sorted.size()));
    const auto index = static_cast<std::size_t>(std::max(rank - 1.0, 0.0));
    return std::chrono::duration<double, std::micro>(sorted.at(index)).count();
}

} // namespace hdp::testing
