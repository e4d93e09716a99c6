// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/histogram.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace hdp::metrics {

void Histogram::observe(std::chrono::nanoseconds duration) {
    const auto seconds = std::chrono::duration<double>(duration).count();
    ++count_;
    sum_ += seconds;
    const auto bound = std::ranges::lower_bound(bounds, seconds);
    if (bound != bounds.end()) {
        ++buckets_.at(static_cast<std::size_t>(std::distance(bounds.begin(), bound)));
    }
}

std::uint64_t Histogram::upTo(std::size_t bound) const {
    const auto end = std::next(buckets_.begin(), static_cast<std::ptrdiff_t>(bound) + 1);
    return std::accumulate(buckets_.begin(), end, std::uint64_t{0});
}

} // namespace hdp::metrics
