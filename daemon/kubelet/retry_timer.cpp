// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/retry_timer.hpp"

#include <utility>

namespace hdp {

RetryTimer::RetryTimer(boost::asio::io_context& loop, std::function<void()> action)
    : timer_(loop), action_(std::move(action)) {}

void RetryTimer::expireAfter(std::chrono::milliseconds delay) {
    ++turn_;
    timer_.expires_after(delay);
    timer_.async_wait([this, turn = turn_](const boost::system::error_code& error) {
        if (!error && turn == turn_) {
            action_();
        }
    });
}

void RetryTimer::cancel() {
    // A handler that is queued already runs in spite of the timer's cancel(); it knows by its turn.
    ++turn_;
    timer_.cancel();
}

} // namespace hdp
