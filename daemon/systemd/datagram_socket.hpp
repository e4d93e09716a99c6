// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hdp::systemd {

/// Sends datagrams to sockets of systemd. It never waits: libsystemd's sd_journal_sendv and
/// sd_notify do, for as long as the other side does not read. Any thread.
class DatagramSocket {
  public:
    DatagramSocket();
    DatagramSocket(const DatagramSocket&) = delete;
    DatagramSocket& operator=(const DatagramSocket&) = delete;
    ~DatagramSocket();

    /// To a path, or with a leading '@' to a name in the abstract namespace. Looked up each time,
    /// because the other side may have started anew. False if it does not take it now: nobody is
    /// there, its queue is full, or the datagram is too long.
    [[nodiscard]] bool send(std::string_view address, std::string_view datagram) const;

  private:
    int descriptor_;
};

} // namespace hdp::systemd
