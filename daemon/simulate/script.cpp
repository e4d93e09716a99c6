// SPDX-License-Identifier: Apache-2.0
#include "daemon/simulate/script.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace hdp {

namespace {

constexpr std::array<std::pair<SimulatedState, std::string_view>, 3> names{{
    {SimulatedState::Healthy, "healthy"},
    {SimulatedState::Unhealthy, "unhealthy"},
    {SimulatedState::Gone, "gone"},
}};

[[noreturn]] void refuse(std::string_view text) {
    throw std::invalid_argument("\"" + std::string{text} +
                                "\" is no step like 5:1:unhealthy (seconds, index of the device, "
                                "and healthy, unhealthy or gone)");
}

std::uint32_t numberIn(std::string_view digits, std::string_view text) {
    std::uint32_t number = 0;
    const auto* last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, number);
    if (error != std::errc{} || end != last) {
        refuse(text);
    }
    return number;
}

} // namespace

std::string_view nameOf(SimulatedState state) {
    return std::ranges::find(names, state, &decltype(names)::value_type::first)->second;
}

ScriptStep parseScriptStep(std::string_view text) {
    const auto first = text.find(':');
    const auto second = text.find(':', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos) {
        refuse(text);
    }
    const auto* state =
        std::ranges::find(names, text.substr(second + 1), &decltype(names)::value_type::second);
    if (state == names.end()) {
        refuse(text);
    }
    return {std::chrono::seconds{numberIn(text.substr(0, first), text)},
            numberIn(text.substr(first + 1, second - first - 1), text), state->first};
}

SimulatedState
stateIn(const Script& script, std::uint32_t device, std::chrono::steady_clock::duration elapsed) {
    const ScriptStep* latest = nullptr;
    for (const auto& step : script) {
        const bool isDue = step.device == device && step.after <= elapsed;
        if (isDue && (latest == nullptr || latest->after <= step.after)) {
            latest = &step;
        }
    }
    return latest == nullptr ? SimulatedState::Healthy : latest->becomes;
}

std::optional<std::chrono::seconds> nextChange(const Script& script,
                                               std::chrono::steady_clock::duration elapsed) {
    std::optional<std::chrono::seconds> next;
    for (const auto& step : script) {
        if (step.after > elapsed && (!next || step.after < *next)) {
            next = step.after;
        }
    }
    return next;
}

} // namespace hdp
