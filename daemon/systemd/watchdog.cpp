// SPDX-License-Identifier: Apache-2.0
#include "daemon/systemd/watchdog.hpp"

namespace hdp::systemd {

Watchdog::Watchdog(boost::asio::io_context& loop,
                   const NotifySocket& systemd,
                   std::chrono::microseconds interval)
    : systemd_(systemd), interval_(interval), timer_(loop) {
    if (interval_.count() > 0) {
        ping();
    }
}

void Watchdog::stop() {
    stopped_ = true;
    timer_.cancel();
}

void Watchdog::ping() {
    systemd_.send("WATCHDOG=1");
    timer_.expires_after(interval_ / 2);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error && !stopped_) {
            ping();
        }
    });
}

} // namespace hdp::systemd
