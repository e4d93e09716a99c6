// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/setting.hpp"

#include <vector>

namespace hdp::config {

/// Adds the settings of devices that are not there.
void addSimulation(std::vector<Setting>& all);

} // namespace hdp::config
