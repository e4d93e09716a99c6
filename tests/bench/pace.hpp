// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>

namespace hdp::testing {

/// How often, and how long to wait before each time, so that caches cool as they do between real
/// events.
struct Pace {
    std::size_t rounds;
    std::chrono::milliseconds pause;
};

} // namespace hdp::testing
