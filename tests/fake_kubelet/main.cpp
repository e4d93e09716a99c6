// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/console.hpp"
#include "tests/fake_kubelet/kubelet_version.hpp"

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>

#include <CLI/CLI.hpp>

namespace {

struct Arguments {
    std::string directory = "/var/lib/kubelet/device-plugins";
    std::string version = "1.36";
    std::string pluginsRegistry;
    std::string podResourcesSocket;
    double stopGracePeriod = 300;
    std::uint32_t seed = 1;
};

void describe(CLI::App& app, Arguments& arguments) {
    app.add_option("--directory", arguments.directory, "Where plugins and kubelet meet")
        ->capture_default_str();
    app.add_option("--kubelet-version", arguments.version,
                   "Whose rules and bugs to have: 1.31 to 1.37")
        ->capture_default_str();
    app.add_option("--plugins-registry", arguments.pluginsRegistry,
                   "Run the plugin watcher on this folder");
    app.add_option("--pod-resources-socket", arguments.podResourcesSocket,
                   "Serve pod resources on this socket");
    app.add_option("--stop-grace-period", arguments.stopGracePeriod,
                   "Seconds until a stopped resource is forgotten")
        ->capture_default_str();
    app.add_option("--seed", arguments.seed, "Of what is in random order")->capture_default_str();
}

hdp::testing::KubeletOptions optionsOf(const Arguments& arguments) {
    auto options = hdp::testing::behaviourOf(arguments.version);
    options.directory = arguments.directory;
    options.pluginsRegistry = arguments.pluginsRegistry;
    options.podResourcesSocket = arguments.podResourcesSocket;
    options.stopGracePeriod = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::duration<double>(arguments.stopGracePeriod));
    options.seed = arguments.seed;
    return options;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Plays the kubelet for a device plugin. Reads commands from standard input.",
                 "fake-kubelet");
    app.footer(hdp::testing::consoleCommands);
    Arguments arguments;
    describe(app, arguments);
    CLI11_PARSE(app, argc, argv);
    try {
        hdp::testing::Console(optionsOf(arguments), std::cout).run(std::cin);
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::cerr << "fake-kubelet: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
