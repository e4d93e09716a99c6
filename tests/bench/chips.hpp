// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/mock_chip.hpp"

#include <cstdint>

namespace hdp::testing {

/// The N-th chip of a big node, behind a root port of its own.
inline MockChip chipAt(unsigned index) {
    const auto number = static_cast<std::uint8_t>(index);
    return {.address = {0, static_cast<std::uint8_t>(number + 1), 0, 0},
            .index = index,
            .upstream = {{0, 0, static_cast<std::uint8_t>(8 + number), 0}}};
}

inline constexpr unsigned manyChips = 8;

} // namespace hdp::testing
