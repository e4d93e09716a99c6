// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/systemd/datagram_socket.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace hdp::systemd {

/// The socket on which the service manager hears of its services, see sd_notify(3). Any thread.
class NotifySocket {
  public:
    /// The address is the variable NOTIFY_SOCKET; empty when no service manager wants to hear.
    explicit NotifySocket(std::string address) : address_(std::move(address)) {}

    /// Assignments of sd_notify(3), one on each line: "READY=1". Lost when systemd does not read:
    /// the daemon has other work to do.
    void send(std::string_view assignments) const;

  private:
    std::string address_;
    DatagramSocket socket_;
};

} // namespace hdp::systemd
