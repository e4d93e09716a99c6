// SPDX-License-Identifier: Apache-2.0
#include "daemon/log/lines.hpp"

#include <string_view>

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace hdp::log {

namespace {

/// A JSON string of words that are printable(), in which two characters only mean something.
std::string quoted(std::string_view words) {
    std::string text{'"'};
    for (const char character : words) {
        if (character == '"' || character == '\\') {
            text += '\\';
        }
        text += character;
    }
    return text + '"';
}

std::string timeText(std::chrono::system_clock::time_point time) {
    const auto sinceEpoch = time.time_since_epoch();
    const auto milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count() % 1000;
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                       fmt::gmtime(std::chrono::system_clock::to_time_t(time)), milliseconds);
}

} // namespace

std::string textLine(const Entry& entry) {
    std::string text = entry.message;
    for (const auto& [name, value] : entry.fields) {
        text.append("  ").append(name).append("=").append(value);
    }
    return text;
}

std::string jsonLine(const Entry& entry, std::chrono::system_clock::time_point time) {
    auto line = fmt::format(R"({{"time":{},"level":{},"message":{})", quoted(timeText(time)),
                            quoted(nameOf(entry.level)), quoted(entry.message));
    for (const auto& [name, value] : entry.fields) {
        line += fmt::format(",{}:{}", quoted(name), quoted(value));
    }
    return line + '}';
}

} // namespace hdp::log
