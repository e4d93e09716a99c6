// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/command_line.hpp"
#include "daemon/health/vital_signs_command.hpp"
#include "daemon/identify/identify_chip.hpp"

#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

using Arguments = std::vector<std::string_view>;

/// The exit code of what the daemon starts itself as; nothing for every other command line.
std::optional<int> runAsChild(const Arguments& arguments) {
    const auto command = arguments.size() > 1 ? arguments[1] : std::string_view{};
    if (command == hdp::vitalSignsCommand) {
        return hdp::tellVitalSigns({arguments.begin() + 2, arguments.end()});
    }
    if (command == hdp::identifyCommand && arguments.size() == 3) {
        return hdp::identifyChip(std::string{arguments[2]}.c_str());
    }
    return std::nullopt;
}

} // namespace

int main(int argc, char** argv) {
    try {
        if (const auto code = runAsChild({argv, argv + argc})) {
            return *code;
        }
        return hdp::commands::CommandLine{argc, argv, environ}.run();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "hailo-device-plugin: %s\n", error.what());
        return 1;
    }
}
