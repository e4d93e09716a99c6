// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hdp::dbus {

/// The digit is raised when something changes that callers would trip over.
inline constexpr auto busName = "ai.hailo.DevicePlugin1";
inline constexpr auto rootPath = "/ai/hailo/DevicePlugin1";
inline constexpr auto rootInterface = "ai.hailo.DevicePlugin1";
inline constexpr auto chipInterface = "ai.hailo.DevicePlugin1.Chip";

/// "/ai/hailo/DevicePlugin1/chips/_0000_01_00_0" for the chip at 0000:01:00.0. Of other ids each
/// byte that a path may not have is an underscore and two hex digits, so that no two get one path.
std::string pathOf(std::string_view id);

} // namespace hdp::dbus
