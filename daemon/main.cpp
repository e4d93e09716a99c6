// SPDX-License-Identifier: Apache-2.0
#include "daemon/daemon.hpp"
#include "daemon/health/vital_signs_command.hpp"
#include "daemon/identify/identify_chip.hpp"
#include "daemon/log.hpp"
#include "daemon/options.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr int usageError = 2;

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

int run(const hdp::Options& options) {
    // A peer that closes its socket must not end the daemon.
    std::signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c): cannot fail for a valid signal
    hdp::log::setUp(options.logLevel);
    try {
        hdp::Daemon{options}.run();
        return 0;
    } catch (const std::exception& error) {
        hdp::log::error(std::string{"hailo-device-plugin cannot run: "} + error.what());
        return 1;
    }
}

} // namespace

int main(int argc, char** argv) {
    try {
        if (const auto code = runAsChild({argv, argv + argc})) {
            return *code;
        }
        const auto line = hdp::parseCommandLine(argc, argv);
        return line.exitCode ? *line.exitCode : run(line.options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "hailo-device-plugin: %s\n", error.what());
        return usageError;
    }
}
