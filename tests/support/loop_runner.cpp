// SPDX-License-Identifier: Apache-2.0
#include "tests/support/loop_runner.hpp"

#include <boost/asio/executor_work_guard.hpp>

namespace hdp::testing {

bool runUntil(boost::asio::io_context& loop,
              const std::function<bool()>& condition,
              std::chrono::milliseconds deadline) {
    constexpr std::chrono::milliseconds tick{5};
    const auto end = std::chrono::steady_clock::now() + deadline;
    const auto guard = boost::asio::make_work_guard(loop);
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= end) {
            return false;
        }
        loop.restart();
        loop.run_one_for(tick);
    }
    return true;
}

void runReady(boost::asio::io_context& loop) {
    loop.restart();
    loop.poll();
}

} // namespace hdp::testing
