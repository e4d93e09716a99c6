// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hdp::log {

enum class Format {
    Automatic, ///< what suits where standard error leads
    Text,      ///< lines for people
    Json,      ///< lines for programs
    Journal    ///< entries with fields, sent to the journal of systemd itself
};

/// "auto", "text", "json" or "journal".
std::string_view nameOf(Format format);

/// Where the daemon finds itself.
struct Surroundings {
    bool isJournal = false;  ///< standard error leads to the journal
    bool isTerminal = false; ///< to a terminal
    bool isPod = false;      ///< Kubernetes started the process

    /// Of this process. JOURNAL_STREAM and KUBERNETES_SERVICE_HOST come from the environment.
    static Surroundings look(const char* const* environment);
};

/// The format that Automatic stands for there; any other stands for itself.
Format chosen(Format format, const Surroundings& surroundings);

} // namespace hdp::log
