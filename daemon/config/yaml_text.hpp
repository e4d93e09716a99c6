// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/value.hpp"

#include <string>

namespace hdp::config {

/// The value in YAML, in one line: {models: [hailo-8]}.
std::string flowText(const Value& value);

/// "key: value  # comment" in YAML, indented by so many spaces: one line, but a line for each
/// member of a list of maps.
std::string yamlLines(const Value& value,
                      const std::string& key,
                      const std::string& comment,
                      std::size_t indent);

} // namespace hdp::config
