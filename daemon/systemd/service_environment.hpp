// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace hdp::systemd {

/// What systemd tells a process by its environment. Everything is empty when it started without.
struct ServiceEnvironment {
    std::string notifySocket;              ///< NOTIFY_SOCKET
    std::string journalStream;             ///< JOURNAL_STREAM
    std::chrono::microseconds watchdog{0}; ///< WATCHDOG_USEC; 0 for none

    /// WATCHDOG_USEC counts only if WATCHDOG_PID is the process or unset. An
    /// interval of less than 10 ms, or that is no number, counts as none.
    static ServiceEnvironment read(const char* const* environment, pid_t process);
};

/// The value of a variable; empty if it is not there.
std::string variableOf(const char* const* environment, std::string_view name);

} // namespace hdp::systemd
