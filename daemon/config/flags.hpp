// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/configuration.hpp"

namespace CLI { // NOLINT(readability-identifier-naming): CLI11's name
class App;
}

namespace hdp::config {

/// Adds --config and a flag for each setting, in groups, with its default in the help. Parsing puts
/// what they are given into the sources, unread; the sources must outlive that.
void addFlags(CLI::App& app, Sources& sources);

/// The variables that begin with HDP_, out of "NAME=value" lines that end with a null pointer.
/// Takes the file's name out of HDP_CONFIG.
void readEnvironment(const char* const* environment, Sources& sources);

} // namespace hdp::config
