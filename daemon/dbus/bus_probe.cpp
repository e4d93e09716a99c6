// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/bus_probe.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <utility>

#include <unistd.h>

namespace hdp::dbus {

namespace {

/// A byte 0, and the user's number in decimal digits that are written as hex bytes.
std::string greeting() {
    std::string text{'\0'};
    text += "AUTH EXTERNAL ";
    for (const char digit : std::to_string(::geteuid())) {
        text += '3';
        text += digit;
    }
    return text + "\r\n";
}

} // namespace

template <class Next>
auto BusProbe::onSuccess(Next next) {
    return [this, next, alive = std::weak_ptr{isLive_}](const boost::system::error_code& error,
                                                        std::size_t size = 0) {
        if (!alive.lock()) {
            return;
        }
        if (error) {
            return end(error.message());
        }
        next(size);
    };
}

BusProbe::BusProbe(boost::asio::io_context& loop,
                   const std::filesystem::path& socket,
                   Patience patience,
                   std::function<void(const std::string& error)> onEnd)
    : socket_(loop), timer_(loop), onEnd_(std::move(onEnd)), greeting_(greeting()) {
    timer_.expires_after(patience);
    timer_.async_wait([this, alive = std::weak_ptr{isLive_}](const auto& error) {
        if (!error && alive.lock()) {
            end("it does not answer");
        }
    });
    socket_.async_connect(socket.string(), onSuccess([this](std::size_t) { greet(); }));
}

void BusProbe::greet() {
    boost::asio::async_write(socket_, boost::asio::buffer(greeting_),
                             onSuccess([this](std::size_t) { listen(); }));
}

void BusProbe::listen() {
    socket_.async_read_some(boost::asio::buffer(answer_),
                            onSuccess([this](std::size_t) { end({}); }));
}

void BusProbe::end(const std::string& error) {
    isLive_.reset();
    const auto onEnd = std::move(onEnd_);
    onEnd(error);
}

} // namespace hdp::dbus
