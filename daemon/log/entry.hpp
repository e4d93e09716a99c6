// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hdp::log {

enum class Level { Debug, Info, Warning, Error };

/// "debug", "info", "warning" or "error".
std::string_view nameOf(Level level);

/// One thing to say, in words that are printable(): fit for a line, a terminal and a JSON string.
struct Entry {
    Level level = Level::Info;
    std::string message;
    std::vector<std::pair<std::string, std::string>> fields; ///< names are HAILO_…

    /// The value of a field; empty if it is not there.
    [[nodiscard]] std::string_view field(std::string_view name) const;

    friend bool operator==(const Entry&, const Entry&) = default;
};

/// Words come from kubelets, firmware and files too. Control characters and what is no UTF-8 become
/// "\xNN", byte by byte, so that an entry is one line and says nothing to a terminal.
std::string printable(std::string_view words);

} // namespace hdp::log
