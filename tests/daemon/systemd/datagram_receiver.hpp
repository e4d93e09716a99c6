// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temporary_directory.hpp"

#include <string>

namespace hdp::testing {

/// Plays the journal, or systemd that listens to its services: a socket for datagrams.
class DatagramReceiver {
  public:
    DatagramReceiver();
    DatagramReceiver(const DatagramReceiver&) = delete;
    DatagramReceiver& operator=(const DatagramReceiver&) = delete;
    ~DatagramReceiver();

    [[nodiscard]] std::string address() const { return folder_.path() / "socket"; }

    /// The next datagram, as soon as it comes; "nothing" if none comes within 20 s.
    [[nodiscard]] std::string next() const;

    /// Whether none has come.
    [[nodiscard]] bool isEmpty() const;

  private:
    TemporaryDirectory folder_;
    int descriptor_;
};

} // namespace hdp::testing
