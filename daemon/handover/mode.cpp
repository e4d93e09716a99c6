// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/mode.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hdp {

namespace {

constexpr std::array<std::pair<HandoverMode, std::string_view>, 3> names{{
    {HandoverMode::CdiCri, "cdi-cri"},
    {HandoverMode::CdiAnnotations, "cdi-annotations"},
    {HandoverMode::DeviceSpecs, "device-specs"},
}};

} // namespace

std::string_view nameOf(HandoverMode mode) {
    return std::ranges::find(names, mode, &decltype(names)::value_type::first)->second;
}

std::optional<HandoverMode> parseHandoverMode(std::string_view name) {
    const auto* found = std::ranges::find(names, name, &decltype(names)::value_type::second);
    return found == names.end() ? std::nullopt : std::optional{found->first};
}

} // namespace hdp
