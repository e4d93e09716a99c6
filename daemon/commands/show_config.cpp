// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/show_config.hpp"

#include <iostream>

namespace hdp::commands {

int ShowConfig::run(const config::Sources& sources) {
    const auto configuration = config::load(sources);
    for (const auto& warning : configuration.warnings) {
        std::cerr << "hailo-device-plugin: " << warning << "\n";
    }
    std::cout << config::printed(configuration) << std::flush;
    return std::cout.good() ? 0 : 1;
}

} // namespace hdp::commands
