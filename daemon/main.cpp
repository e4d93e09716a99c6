// SPDX-License-Identifier: Apache-2.0
#include "daemon/daemon.hpp"
#include "daemon/identify/identify_chip.hpp"
#include "daemon/log.hpp"
#include "daemon/options.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace {

constexpr int usageError = 2;

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
    if (argc == 3 && std::string_view{argv[1]} == hdp::identifyCommand) {
        return hdp::identifyChip(argv[2]);
    }
    try {
        const auto line = hdp::parseCommandLine(argc, argv);
        return line.exitCode ? *line.exitCode : run(line.options);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "hailo-device-plugin: %s\n", error.what());
        return usageError;
    }
}
