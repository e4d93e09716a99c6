// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/simulated_name.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <system_error>

namespace hdp {

namespace {

bool isNameLetter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' || letter == '_';
}

hotplug::PciAddress addressFor(std::string_view stem, std::uint32_t index) {
    constexpr std::uint32_t noDomainOfLinux = 0x8000'0000;
    const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(stem));
    return {hash | noDomainOfLinux, static_cast<std::uint8_t>(index >> 8U),
            static_cast<std::uint8_t>((index >> 3U) & 0x1fU),
            static_cast<std::uint8_t>(index & 7U)};
}

/// "<prefix>-<node>": an id like "gpu-0", with one dash, is another plugin's.
bool isStem(std::string_view stem) {
    const auto dash = stem.find('-', 1);
    return dash != std::string_view::npos && dash + 1 < stem.size();
}

/// Only in the spelling that std::to_string() gives it.
std::optional<std::uint32_t> indexIn(std::string_view digits) {
    std::uint32_t index = 0;
    const auto* last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, index);
    const bool isPlain = !digits.starts_with('0') || digits.size() == 1;
    if (error != std::errc{} || end != last || !isPlain || index >= mostSimulated) {
        return std::nullopt;
    }
    return index;
}

} // namespace

hotplug::Device simulatedDevice(std::string_view stem, std::uint32_t index) {
    hotplug::Device device;
    device.address = addressFor(stem, index);
    device.model = "simulated";
    device.simulated = {std::string{stem} + "-" + std::to_string(index), index};
    return device;
}

std::optional<hotplug::Device> simulatedDeviceNamed(std::string_view id) {
    const auto dash = id.rfind('-');
    if (id.size() > longestId || dash == std::string_view::npos || !isStem(id.substr(0, dash)) ||
        !std::ranges::all_of(id, isNameLetter)) {
        return std::nullopt;
    }
    const auto index = indexIn(id.substr(dash + 1));
    return index ? std::optional{simulatedDevice(id.substr(0, dash), *index)} : std::nullopt;
}

} // namespace hdp
