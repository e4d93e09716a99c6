// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>

namespace hdp::testing {

/// How many times longer tests wait for what has to come, where all is slow: the environment
/// variable HDP_PATIENCE, 1 without it. Under valgrind the daemon takes seconds to start.
[[nodiscard]] inline int patienceFactor() {
    const char* text = std::getenv("HDP_PATIENCE"); // NOLINT(concurrency-mt-unsafe)
    const int factor = text == nullptr ? 1 : std::atoi(text);
    return factor > 0 ? factor : 1;
}

} // namespace hdp::testing
