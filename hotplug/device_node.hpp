// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"
#include "hotplug/problem.hpp"

#include <filesystem>
#include <optional>

namespace hdp::hotplug {

/// Compares the node of a class device with what sysfs says, by stat() alone. The number is
/// compared only if sysfs told one. Sentences say /dev for devRoot.
std::optional<Problem> checkNode(const std::filesystem::path& devRoot, const ClassDevice& device);

} // namespace hdp::hotplug
