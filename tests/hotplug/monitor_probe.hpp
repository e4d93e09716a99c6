// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/udev_monitor.hpp"

#include <boost/asio/io_context.hpp>

#include <optional>
#include <set>
#include <vector>

namespace hdp::hotplug {

/// The sockets on which this process listens to uevents, be they the kernel's or umockdev's.
std::set<int> ueventSockets();

/// A monitor, its loop and what it said.
class MonitorProbe {
  public:
    explicit MonitorProbe(UeventSource source);

    /// What the monitor said about everything that was sent up to now.
    std::vector<UdevMonitor::Cause> takeCauses();

    /// Waits until the monitor says something; nothing if it keeps silent for too long.
    std::vector<UdevMonitor::Cause> waitForCauses();

    void destroyMonitor() { monitor_.reset(); }

    boost::asio::io_context& loop() { return loop_; }

    /// The socket that libudev opened for the monitor.
    [[nodiscard]] int socket() const { return socket_; }

  private:
    void note(UdevMonitor::Cause cause) { causes_.push_back(cause); }

    boost::asio::io_context loop_{1};
    std::vector<UdevMonitor::Cause> causes_;
    std::optional<UdevMonitor> monitor_;
    int socket_ = -1;
};

} // namespace hdp::hotplug
