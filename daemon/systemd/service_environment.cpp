// SPDX-License-Identifier: Apache-2.0
#include "daemon/systemd/service_environment.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace hdp::systemd {

namespace {

// Beyond these it is nonsense, and a load or an overflow for us.
constexpr std::chrono::microseconds shortest{10'000};
constexpr std::chrono::microseconds longest{std::chrono::hours{24}};

std::int64_t numberIn(std::string_view text) {
    std::int64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    return result.ec == std::errc{} && result.ptr == end ? number : 0;
}

} // namespace

std::string variableOf(const char* const* environment, std::string_view name) {
    for (const auto* each = environment; *each != nullptr; ++each) {
        const std::string_view pair{*each};
        if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) {
            return std::string{pair.substr(name.size() + 1)};
        }
    }
    return {};
}

ServiceEnvironment ServiceEnvironment::read(const char* const* environment, pid_t process) {
    ServiceEnvironment result;
    result.notifySocket = variableOf(environment, "NOTIFY_SOCKET");
    result.journalStream = variableOf(environment, "JOURNAL_STREAM");
    const auto owner = variableOf(environment, "WATCHDOG_PID");
    const std::chrono::microseconds interval{
        std::min(numberIn(variableOf(environment, "WATCHDOG_USEC")), longest.count())};
    if (interval >= shortest && (owner.empty() || numberIn(owner) == process)) {
        result.watchdog = interval;
    }
    return result;
}

} // namespace hdp::systemd
