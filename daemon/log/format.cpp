// SPDX-License-Identifier: Apache-2.0
#include "daemon/log/format.hpp"

#include "daemon/systemd/journal.hpp"
#include "daemon/systemd/service_environment.hpp"

#include <array>
#include <cstddef>

#include <unistd.h>

namespace hdp::log {

std::string_view nameOf(Format format) {
    constexpr std::array<std::string_view, 4> names{"auto", "text", "json", "journal"};
    return names.at(static_cast<std::size_t>(format));
}

Surroundings Surroundings::look(const char* const* environment) {
    return {.isJournal = systemd::isJournal(STDERR_FILENO,
                                            systemd::variableOf(environment, "JOURNAL_STREAM")),
            .isTerminal = ::isatty(STDERR_FILENO) == 1,
            .isPod = !systemd::variableOf(environment, "KUBERNETES_SERVICE_HOST").empty()};
}

Format chosen(Format format, const Surroundings& surroundings) {
    if (format != Format::Automatic) {
        return format;
    }
    if (surroundings.isJournal) {
        return Format::Journal;
    }
    return surroundings.isPod && !surroundings.isTerminal ? Format::Json : Format::Text;
}

} // namespace hdp::log
