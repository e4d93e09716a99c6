// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"

#include <nlohmann/json.hpp>

namespace hdp::status {

/// What is wrong with the chip, as every JSON document of ours has it: a list of reason, severity
/// and sentence. Pure.
nlohmann::ordered_json problemsJson(const hotplug::Device& device);

} // namespace hdp::status
