// SPDX-License-Identifier: Apache-2.0
#include "daemon/log/standard_error.hpp"

#include <climits>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

namespace hdp::log {

namespace {

/// A pipe that is ready takes this much at once without waiting, see pipe(7).
constexpr std::size_t atOnce = PIPE_BUF;

bool isReady(int descriptor) {
    pollfd waiting{.fd = descriptor, .events = POLLOUT, .revents = 0};
    return ::poll(&waiting, 1, 0) == 1 && (waiting.revents & POLLOUT) != 0;
}

} // namespace

void StandardError::sink_it_(const spdlog::details::log_msg& message) {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    writeLine({line.data(), line.size()});
}

void StandardError::writeLine(std::string_view line) {
    if (lost_ > 0 || isMidLine_) {
        const auto notice =
            fmt::format("{}hailo-device-plugin: {} lines of the log were lost here, "
                        "because nobody read them in time\n",
                        isMidLine_ ? "\n" : "", lost_);
        if (!write(notice)) {
            ++lost_;
            return;
        }
        lost_ = 0;
        isMidLine_ = false;
    }
    if (!write(line)) {
        ++lost_;
    }
}

bool StandardError::write(std::string_view text) {
    bool isBegun = false;
    while (!text.empty()) {
        const auto part = text.substr(0, atOnce);
        if (!isReady(descriptor_) ||
            ::write(descriptor_, part.data(), part.size()) != static_cast<ssize_t>(part.size())) {
            isMidLine_ = isMidLine_ || isBegun;
            return false;
        }
        isBegun = true;
        text.remove_prefix(part.size());
    }
    return true;
}

} // namespace hdp::log
