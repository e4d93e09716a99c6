// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/patience.hpp"

#include <chrono>
#include <functional>
#include <thread>

namespace hdp::testing {

/// Whether it becomes true within the time. For what tells nobody that it changed: files, /proc.
[[nodiscard]] inline bool eventually(const std::function<bool()>& isTrue,
                                     std::chrono::seconds patience = std::chrono::seconds{20}) {
    constexpr std::chrono::milliseconds betweenLooks{2};
    const auto deadline = std::chrono::steady_clock::now() + patienceFactor() * patience;
    while (!isTrue()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(betweenLooks);
    }
    return true;
}

} // namespace hdp::testing
