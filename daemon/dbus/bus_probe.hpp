// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace hdp::dbus {

/// Finds out whether a bus answers, without waiting for it: sd-bus opens a connection synchronously
/// and would wait up to 90 s (BUS_AUTH_TIMEOUT) for a bus that hangs. Sends the first line of the
/// D-Bus authentication protocol; any answer will do. Loop thread only; destruction gives up.
class BusProbe {
  public:
    using Patience = std::chrono::milliseconds;

    /// Calls back once, later, with an empty text or with why not. The callback may destroy the
    /// probe.
    BusProbe(boost::asio::io_context& loop,
             const std::filesystem::path& socket,
             Patience patience,
             std::function<void(const std::string& error)> onEnd);
    BusProbe(const BusProbe&) = delete;
    BusProbe& operator=(const BusProbe&) = delete;
    ~BusProbe() = default;

  private:
    /// Runs what a handler is for, unless the probe is gone or has ended.
    template <class Next>
    auto onSuccess(Next next);
    void greet();
    void listen();
    void end(const std::string& error);

    boost::asio::local::stream_protocol::socket socket_;
    boost::asio::steady_timer timer_;
    std::function<void(const std::string&)> onEnd_;
    std::string greeting_;
    std::array<char, 64> answer_{};
    std::shared_ptr<bool> isLive_ = std::make_shared<bool>(true);
};

} // namespace hdp::dbus
