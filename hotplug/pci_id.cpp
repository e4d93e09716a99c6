// SPDX-License-Identifier: Apache-2.0
#include "hotplug/pci_id.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <system_error>

namespace hdp::hotplug {

namespace {

std::optional<std::uint16_t> parseHex(std::string_view text) {
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    return isWhole ? std::optional{number} : std::nullopt;
}

} // namespace

std::string modelOf(const PciId& id) {
    switch (id.device) {
    case 0x2864:
        return "hailo-8";
    case 0x45c4:
        return "hailo-10h";
    case 0x43a2:
        return "hailo-15l";
    case 0x26a2:
        return "hailo-12l";
    default:
        break;
    }
    std::array<char, sizeof "hailo-ffff"> text{};
    std::snprintf(text.data(), text.size(), "hailo-%04x", unsigned{id.device});
    return text.data();
}

std::optional<PciId> parsePciId(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto vendor = parseHex(text.substr(0, colon));
    const auto device = parseHex(text.substr(colon + 1));
    return vendor && device ? std::optional{PciId{*vendor, *device}} : std::nullopt;
}

std::string toString(const PciId& id) {
    std::array<char, sizeof "ffff:ffff"> text{};
    std::snprintf(text.data(), text.size(), "%04x:%04x", unsigned{id.vendor}, unsigned{id.device});
    return text.data();
}

} // namespace hdp::hotplug
