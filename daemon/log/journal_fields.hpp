// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/log/entry.hpp"
#include "daemon/systemd/journal.hpp"

#include <string>
#include <string_view>

namespace hdp::log {

/// What `journalctl SYSLOG_IDENTIFIER=` knows the daemon by.
constexpr std::string_view identifier = "hailo-device-plugin";

/// The MESSAGE_ID of a kind of event: the name-based UUID of its name in a namespace of ours,
/// without dashes. So it is the same for ever, and anyone can work it out: `uuidgen --sha1
/// --namespace 6f3b1c9a-4e0d-4d5c-9a57-2f1e8b7c0d34 --name device`.
std::string messageIdOf(std::string_view event);

/// The entry with the fields that the journal has names for: MESSAGE, PRIORITY, SYSLOG_IDENTIFIER
/// and, if it has an event, MESSAGE_ID.
systemd::JournalEntry journalEntry(const Entry& entry);

} // namespace hdp::log
