// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace hdp {

/// Which chips a resource takes: those that meet every condition. An empty set is no condition;
/// several values of one condition are alternatives. A value of each is what parseCondition() made
/// of a text.
struct Selector {
    std::set<std::string> models{};      ///< "hailo-8", as hotplug::Device::model
    std::set<std::uint16_t> deviceIds{}; ///< 0x2864, of vendor 0x1e60
    std::set<std::string> addresses{};   ///< "0000:01:00.0" or a pattern of the shell, "0000:01:*"
    std::set<std::string> drivers{};     ///< "hailo" or "hailo1x": the PCI driver that has it
    std::set<int> numaNodes{};

    [[nodiscard]] bool takes(const hotplug::Device& device) const;

    friend bool operator==(const Selector&, const Selector&) = default;
};

/// Each reads one value and throws std::invalid_argument, "\"0000:99\" is no …", for a bad one.
std::uint16_t parseDeviceId(std::string_view text);     ///< "1e60:2864" or "2864"
std::string parseAddressPattern(std::string_view text); ///< in the kernel's spelling
std::string parseHailoDriver(std::string_view text);
int parseNumaNode(std::string_view text);

/// Adds one condition: the key is model, id, address, driver or numa. Throws std::invalid_argument
/// with the cause.
void addCondition(std::string_view key, std::string_view value, Selector& selector);

} // namespace hdp
