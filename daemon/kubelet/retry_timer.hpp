// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>

namespace hdp {

/// One thing that is due later, or nothing. Loop thread only; destruction and cancel() mean that it
/// does not happen, even when it is due already.
class RetryTimer {
  public:
    RetryTimer(boost::asio::io_context& loop, std::function<void()> action);

    /// In place of what was due before.
    void expireAfter(std::chrono::milliseconds delay);
    void cancel();

  private:
    boost::asio::steady_timer timer_;
    std::function<void()> action_;
    std::uint64_t turn_ = 0;
};

} // namespace hdp
