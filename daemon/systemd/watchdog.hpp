// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/systemd/notify_socket.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace hdp::systemd {

/// Tells systemd that the loop turns, twice in each interval after which systemd would kill the
/// daemon. It is the loop that does it, so that a loop which hangs is found out. Loop thread only.
class Watchdog {
  public:
    /// Begins at once; an interval of 0 does nothing.
    Watchdog(boost::asio::io_context& loop,
             const NotifySocket& systemd,
             std::chrono::microseconds interval);
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
    ~Watchdog() = default;

    void stop();

  private:
    void ping();

    const NotifySocket& systemd_;
    std::chrono::microseconds interval_;
    bool stopped_ = false;
    boost::asio::steady_timer timer_;
};

} // namespace hdp::systemd
