// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/setting.hpp"

#include <vector>

namespace hdp::config {

/// Adds the settings of what is told over HTTP.
void addHttp(std::vector<Setting>& all);

} // namespace hdp::config
