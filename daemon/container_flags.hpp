// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace hdp {

struct ContainerSettings;

/// Adds the flags for what containers get besides their chips. Both must outlive the parsing.
void addContainerFlags(CLI::App& app, ContainerSettings& settings);

} // namespace hdp
