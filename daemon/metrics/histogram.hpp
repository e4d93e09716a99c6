// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace hdp::metrics {

/// How long something took, each time that it happened. The bounds suit what takes from a tenth of
/// a millisecond to some seconds; they are the same for all, so that figures can be compared.
class Histogram {
  public:
    /// Upper bounds of the buckets, in seconds; above the last there is only infinity.
    static constexpr std::array<double, 14> bounds{
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0};

    void observe(std::chrono::nanoseconds duration);

    /// How many observations were not above the bound of that index.
    [[nodiscard]] std::uint64_t upTo(std::size_t bound) const;

    [[nodiscard]] std::uint64_t count() const { return count_; }

    [[nodiscard]] double sum() const { return sum_; } ///< seconds

  private:
    std::array<std::uint64_t, bounds.size()> buckets_{};
    std::uint64_t count_ = 0;
    double sum_ = 0;
};

} // namespace hdp::metrics
