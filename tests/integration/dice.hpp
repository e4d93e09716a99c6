// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>

namespace hdp::testing {

/// The random decisions of a scenario. The same seed gives the same decisions on every machine,
/// which the distributions of the standard library do not promise.
class Dice {
  public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}

    /// From 0 to one less than the number, which is not 0.
    std::size_t below(std::size_t number) { return engine_() % number; }

    /// True in so many cases of a hundred.
    bool percent(std::size_t cases) { return below(100) < cases; }

    std::chrono::microseconds upTo(std::chrono::microseconds longest) {
        return std::chrono::microseconds{below(static_cast<std::size_t>(longest.count()) + 1)};
    }

  private:
    std::mt19937 engine_;
};

} // namespace hdp::testing
