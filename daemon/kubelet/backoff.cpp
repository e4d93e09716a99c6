// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/backoff.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hdp {

Backoff::Backoff(Duration first, Duration longest, Random random)
    : first_(first), longest_(longest), random_(std::move(random)), current_(first) {}

Backoff::Duration Backoff::next() {
    const auto full = std::exchange(current_, std::min(current_ * 2, longest_));
    const auto shortened = static_cast<double>(full.count()) * (1.0 - random_() / 2);
    return Duration{static_cast<Duration::rep>(std::ceil(shortened))};
}

void Backoff::reset() {
    current_ = first_;
}

} // namespace hdp
