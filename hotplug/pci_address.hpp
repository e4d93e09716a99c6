// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace hdp::hotplug {

/// Where a PCI function sits: domain:bus:device.function. It is a chip's identity everywhere in
/// this project, because /dev/hailoN is reused after removal and differs from boot to boot. The
/// domain has 32 bits: Intel VMD numbers its domains from 0x10000.
struct PciAddress {
    std::uint32_t domain = 0;
    std::uint8_t bus = 0;
    std::uint8_t device = 0;
    std::uint8_t function = 0;

    friend bool operator==(const PciAddress&, const PciAddress&) = default;

    // Spelled out because clang 14 warns about a null pointer constant in a defaulted one.
    friend std::strong_ordering operator<=>(const PciAddress& a, const PciAddress& b) {
        return std::tie(a.domain, a.bus, a.device, a.function) <=>
               std::tie(b.domain, b.bus, b.device, b.function);
    }
};

/// Reads the kernel's form, "0000:01:00.0", in either case of hex digits. Anything else is nothing.
std::optional<PciAddress> parsePciAddress(std::string_view text);

/// Writes the kernel's form: lower-case hex, at least four digits of domain.
std::string toString(const PciAddress& address);

} // namespace hdp::hotplug
