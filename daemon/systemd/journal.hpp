// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/systemd/datagram_socket.hpp"

#include <string>
#include <string_view>

namespace hdp::systemd {

/// An entry of the journal in the making, in its native protocol
/// (systemd.io/JOURNAL_NATIVE_PROTOCOL).
class JournalEntry {
  public:
    /// A name is of A-Z, 0-9 and _, and begins with a letter; a value is any bytes.
    void add(std::string_view name, std::string_view value);

    [[nodiscard]] const std::string& datagram() const { return datagram_; }

  private:
    std::string datagram_;
};

/// The journal of this machine. Any thread.
class Journal {
  public:
    static constexpr std::string_view usualAddress = "/run/systemd/journal/socket";

    explicit Journal(std::string_view address = usualAddress) : address_(address) {}

    /// False if the journal does not take it: DatagramSocket::send.
    [[nodiscard]] bool write(const JournalEntry& entry) const {
        return socket_.send(address_, entry.datagram());
    }

  private:
    std::string address_;
    DatagramSocket socket_;
};

/// Whether the descriptor leads to the journal, as the variable JOURNAL_STREAM says:
/// "device:inode". What a process inherits may name a descriptor that has been put elsewhere since.
bool isJournal(int descriptor, std::string_view journalStream);

} // namespace hdp::systemd
