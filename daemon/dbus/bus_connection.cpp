// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/bus_connection.hpp"

#include <boost/asio/post.hpp>
#include <sdbus-c++/Error.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

namespace hdp::dbus {

namespace {

using namespace std::chrono_literals;

// For what sd-bus does synchronously: AddMatch. A bus that lives answers in less than 1 ms.
constexpr std::chrono::microseconds patience = 200ms;

// Others have their turn in between, however many messages there are.
constexpr int mostInARow = 64;

int duplicateOf(int descriptor) {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): POSIX has it so
    const int duplicate = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (duplicate < 0) {
        throw std::system_error(errno, std::generic_category(), "fcntl");
    }
    return duplicate;
}

} // namespace

auto BusConnection::onReady() {
    return [this, turn = *turn_, valid = std::weak_ptr{turn_}](const auto& error) {
        const auto current = valid.lock();
        if (!error && current && *current == turn) {
            process();
        }
    };
}

BusConnection::BusConnection(boost::asio::io_context& loop, OnLost onLost)
    : loop_(loop),
      onLost_(std::move(onLost)),
      bus_(sdbus::createSystemBusConnection()),
      descriptor_(loop, duplicateOf(bus_->getEventLoopPollData().fd)),
      timer_(loop) {
    bus_->setMethodCallTimeout(static_cast<std::uint64_t>(patience.count()));
    kick();
}

BusConnection::~BusConnection() {
    // sd-bus would wait for a bus that hangs to take what is still to be sent.
    (void)::shutdown(descriptor_.native_handle(), SHUT_RDWR);
}

void BusConnection::kick() {
    if (std::exchange(isKicked_, true)) {
        return;
    }
    boost::asio::post(loop_, [this, alive = std::weak_ptr{turn_}] {
        if (alive.lock()) {
            isKicked_ = false;
            process();
        }
    });
}

void BusConnection::process() {
    try {
        bool hasMore = true;
        for (int count = 0; hasMore && count < mostInARow; ++count) {
            hasMore = bus_->processPendingRequest();
        }
        if (hasMore) {
            return kick();
        }
        arm();
    } catch (const std::exception& error) {
        ++*turn_;
        const auto onLost = std::exchange(onLost_, {});
        if (onLost) {
            onLost(error.what()); // may destroy this
        }
    }
}

void BusConnection::arm() {
    const auto wanted = bus_->getEventLoopPollData();
    ++*turn_;
    descriptor_.cancel();
    timer_.cancel();
    if ((wanted.events & POLLIN) != 0) {
        descriptor_.async_wait(descriptor_.wait_read, onReady());
    }
    if ((wanted.events & POLLOUT) != 0) {
        descriptor_.async_wait(descriptor_.wait_write, onReady());
    }
    if (const auto wait = wanted.getRelativeTimeout()) {
        timer_.expires_after(*wait);
        timer_.async_wait(onReady());
    }
}

} // namespace hdp::dbus
