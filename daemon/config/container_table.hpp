// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/setting.hpp"

#include <vector>

namespace hdp::config {

/// Adds the section container: what a container gets besides its chips.
void addContainer(std::vector<Setting>& all);

} // namespace hdp::config
