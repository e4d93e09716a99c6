// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>

namespace hdp::testing {

/// How much of everything is measured.
struct Plan {
    std::size_t events = 1000;
    std::size_t burst = 10'000;
    std::size_t starts = 20;
    std::size_t restarts = 200;
    std::size_t losses = 100;
    std::size_t allocations = 100'000;
    std::chrono::seconds idle{60};
};

} // namespace hdp::testing
