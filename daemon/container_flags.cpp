// SPDX-License-Identifier: Apache-2.0
#include "daemon/container_flags.hpp"

#include "daemon/handover/container_settings.hpp"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace hdp {

namespace {

constexpr auto group = "What a container gets";

using Texts = std::vector<std::string>;

/// A flag that may come several times. What take() refuses is told with the flag's name.
void addTexts(CLI::App& app,
              const std::string& flag,
              const std::string& form,
              const std::string& help,
              const std::function<void(const std::string&)>& take) {
    const auto takeAll = [flag, take](const Texts& texts) {
        try {
            std::ranges::for_each(texts, take);
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument(flag + ": " + error.what());
        }
    };
    app.add_option_function<Texts>(flag, takeAll, help)
        ->take_all()
        ->allow_extra_args(false)
        ->type_name(form)
        ->group(group);
}

void addTextFlags(CLI::App& app, ContainerSettings& settings) {
    addTexts(
        app, "--container-env", "NAME=VALUE", "Environment variable, again for each",
        [&settings](const std::string& text) { settings.env.push_back(parseEnvironment(text)); });
    addTexts(app, "--container-annotation", "KEY=VALUE",
             "Annotation for the container runtime, again for each",
             [&settings](const std::string& text) {
                 settings.annotations.insert(parseAnnotation(text));
             });
    addTexts(app, "--container-mount", "HOST:CONTAINER[:ro|rw]",
             "File or folder of the host, read-only unless rw, again for each",
             [&settings](const std::string& text) {
                 settings.mounts.push_back(parseContainerMount(text));
             });
    addTexts(app, "--node-mode", "OCTAL", "File mode of device nodes that CDI makes [0666]",
             [&settings](const std::string& text) { settings.nodeMode = parseNodeMode(text); });
}

} // namespace

void addContainerFlags(CLI::App& app, ContainerSettings& settings) {
    addTextFlags(app, settings);
    app.add_option("--device-permissions", settings.devicePermissions,
                   "Access to the device nodes by cgroup")
        ->type_name("rw|rwm")
        ->group(group);
    app.add_option("--node-group", settings.nodeGroup, "Group id of device nodes that CDI makes")
        ->type_name("GID")
        ->group(group);
    app.add_option("--hailort-library", settings.libraryDirectory,
                   "Folder with the libhailort.so of the driver's version, for containers")
        ->type_name("FOLDER")
        ->group(group);
    app.add_option("--monitor-directory", settings.monitorDirectory,
                   "Folder where HailoRT in containers writes for hailortcli monitor")
        ->type_name("FOLDER")
        ->group(group);
}

} // namespace hdp
