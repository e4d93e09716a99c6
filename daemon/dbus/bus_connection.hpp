// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <sdbus-c++/IConnection.h>

#include <functional>
#include <memory>
#include <string>

namespace hdp::dbus {

/// A connection to the system bus that is served by the loop. sd-bus says before each wait what to
/// wait for, and holds messages that nobody is woken up for when a call was made outside of its
/// processing; hence kick(). Loop thread only.
class BusConnection {
  public:
    using OnLost = std::function<void(const std::string& error)>;

    /// Opens it, which waits for the bus: a BusProbe must have been answered just now. Throws
    /// sdbus::Error or std::system_error. onLost is called once, from the loop, when the bus is
    /// gone, and may destroy the connection.
    BusConnection(boost::asio::io_context& loop, OnLost onLost);
    BusConnection(const BusConnection&) = delete;
    BusConnection& operator=(const BusConnection&) = delete;
    ~BusConnection();

    [[nodiscard]] sdbus::IConnection& bus() { return *bus_; }

    /// To be called after every call, signal or registration that was not made by a handler of the
    /// bus.
    void kick();

  private:
    void process();
    void arm();
    [[nodiscard]] auto onReady();

    boost::asio::io_context& loop_;
    OnLost onLost_;
    std::unique_ptr<sdbus::IConnection> bus_;
    boost::asio::posix::stream_descriptor descriptor_; ///< a duplicate: sd-bus closes its own
    boost::asio::steady_timer timer_;
    std::shared_ptr<unsigned> turn_ = std::make_shared<unsigned>(0); ///< of waits; one is valid
    bool isKicked_ = false;
};

} // namespace hdp::dbus
