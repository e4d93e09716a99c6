// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/version.hpp"

#include <iostream>

namespace hdp::commands {

std::string Version::text() {
    return "hailo-device-plugin " HDP_VERSION;
}

int Version::run(const config::Sources& /*sources*/) {
    std::cout << text() << std::endl;
    return 0;
}

} // namespace hdp::commands
