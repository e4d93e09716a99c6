// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/command_line.hpp"

#include <cstdio>
#include <exception>

#include <unistd.h>

int main(int argc, char** argv) {
    try {
        return hdp::commands::CommandLine{argc, argv, environ}.run();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "hailo-device-plugin: %s\n", error.what());
        return 1;
    }
}
