// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/setting.hpp"

#include <string_view>
#include <vector>

namespace hdp::config {

/// All settings, those of a section together. The file, the environment, the flags, --help, what
/// `config` prints and the table in docs/configuration.md are made from this; the defaults are
/// those of Options.
const std::vector<Setting>& settings();

/// The setting of that key; throws std::out_of_range if there is none.
const Setting& settingOf(std::string_view key);

} // namespace hdp::config
