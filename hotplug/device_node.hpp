// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"
#include "hotplug/problem.hpp"

#include <filesystem>
#include <optional>

namespace hdp::hotplug {

/// Compares the node of a class device with what sysfs says, by stat() alone. The numbers are
/// compared only if hasNumber, that is if the attribute dev could be read. Sentences say /dev for
/// devRoot.
std::optional<Problem>
checkNode(const std::filesystem::path& devRoot, const ClassDevice& device, bool hasNumber);

} // namespace hdp::hotplug
