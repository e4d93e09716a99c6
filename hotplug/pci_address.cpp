// SPDX-License-Identifier: Apache-2.0
#include "hotplug/pci_address.hpp"

#include <array>
#include <cstddef>
#include <cstdio>

namespace hdp::hotplug {

namespace {

std::optional<std::uint32_t> hexDigit(char digit) {
    if (digit >= '0' && digit <= '9') {
        return static_cast<std::uint32_t>(digit - '0');
    }
    if (digit >= 'a' && digit <= 'f') {
        return static_cast<std::uint32_t>(digit - 'a' + 10);
    }
    if (digit >= 'A' && digit <= 'F') {
        return static_cast<std::uint32_t>(digit - 'A' + 10);
    }
    return std::nullopt;
}

/// Up to eight hex digits; more would not fit.
std::optional<std::uint32_t> hexNumber(std::string_view digits) {
    std::uint32_t number = 0;
    for (const char digit : digits) {
        const auto value = hexDigit(digit);
        if (!value) {
            return std::nullopt;
        }
        number = number * 16 + *value;
    }
    return number;
}

bool isDomainLength(std::string_view domain) {
    return domain.size() == 4 || (domain.size() > 4 && domain.size() <= 8 && domain.front() != '0');
}

} // namespace

std::optional<PciAddress> parsePciAddress(std::string_view text) {
    constexpr std::string_view tail = ":00:00.0";
    if (text.size() <= tail.size()) {
        return std::nullopt;
    }
    const std::size_t colon = text.size() - tail.size();
    const std::string_view rest = text.substr(colon);
    if (!isDomainLength(text.substr(0, colon)) || rest[0] != ':' || rest[3] != ':' ||
        rest[6] != '.') {
        return std::nullopt;
    }
    const auto domain = hexNumber(text.substr(0, colon));
    const auto bus = hexNumber(rest.substr(1, 2));
    const auto device = hexNumber(rest.substr(4, 2));
    const auto function = hexNumber(rest.substr(7, 1));
    if (!domain || !bus || !device || !function || *device > 0x1f || *function > 7) {
        return std::nullopt;
    }
    return PciAddress{*domain, static_cast<std::uint8_t>(*bus), static_cast<std::uint8_t>(*device),
                      static_cast<std::uint8_t>(*function)};
}

std::string toString(const PciAddress& address) {
    std::array<char, sizeof "ffffffff:ff:1f.7"> text{};
    std::snprintf(text.data(), text.size(), "%04x:%02x:%02x.%x", unsigned{address.domain},
                  unsigned{address.bus}, address.device & 0x1fU, address.function & 7U);
    return text.data();
}

} // namespace hdp::hotplug
