// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hdp {

/// No id of ours is longer, though the API of the kubelet wants 63 at most: the name of a node may
/// have 253 characters.
inline constexpr std::size_t longestId = 320;

/// How many simulated devices there can be.
inline constexpr std::uint32_t mostSimulated = 65536;

/// A device that nothing is behind: "<stem>-<index>", where the stem is
/// "<prefix>-<node>", of model "simulated". The PCI address, by
/// which everything here is sorted and compared, follows from the name alone. Its domain is one of
/// the upper half of 32 bits, which Linux never gives because it counts domains in an int, and is
/// worked out from the stem with std::hash: it means nothing outside of this process.
hotplug::Device simulatedDevice(std::string_view stem, std::uint32_t index);

/// The simulated device of that name; nothing for what cannot be one.
std::optional<hotplug::Device> simulatedDeviceNamed(std::string_view id);

} // namespace hdp
