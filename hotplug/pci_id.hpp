// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hdp::hotplug {

inline constexpr std::uint16_t hailoVendor = 0x1e60;

/// Vendor and device id of a PCI function, as its config space has them.
struct PciId {
    std::uint16_t vendor = 0;
    std::uint16_t device = 0;

    friend bool operator==(const PciId&, const PciId&) = default;
};

/// The product behind a Hailo id: "hailo-8", "hailo-10h", "hailo-15l", "hailo-12l".
/// Hailo-8, 8L and 8R share 0x2864 and cannot be told apart on the bus. An id that is not known yet
/// keeps working as "hailo-<four hex digits>". Source: id tables of driver 4.17.0 to 5.3.0.
std::string modelOf(const PciId& id);

/// Reads two hex numbers with a colon between, "1e60:2864", as drivers up to 5.2 write it. Anything
/// else is nothing.
std::optional<PciId> parsePciId(std::string_view text);

/// Writes four hex digits on each side: "1e60:2864".
std::string toString(const PciId& id);

} // namespace hdp::hotplug
