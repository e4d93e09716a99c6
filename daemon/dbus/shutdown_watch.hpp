// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sdbus-c++/IConnection.h>
#include <sdbus-c++/IProxy.h>

#include <functional>
#include <memory>

namespace hdp::dbus {

/// Learns from logind that the machine goes down, or that it does not after all
/// (org.freedesktop.login1(5): PrepareForShutdown, PreparingForShutdown). Where there is no logind,
/// it never does. Loop thread only; must die before the connection.
class ShutdownWatch {
  public:
    /// Calls back once soon with how it is, and whenever that changes. Throws sdbus::Error.
    ShutdownWatch(sdbus::IConnection& bus, std::function<void(bool isGoingDown)> onChange);

  private:
    void ask();

    std::function<void(bool)> onChange_;
    std::unique_ptr<sdbus::IProxy> logind_;
};

} // namespace hdp::dbus
