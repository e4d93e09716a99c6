// SPDX-License-Identifier: Apache-2.0
#include "daemon/options.hpp"

#include "cdi/validation.hpp"
#include "daemon/container_flags.hpp"
#include "daemon/inventory/resource_name.hpp"
#include "daemon/kubelet/socket_names.hpp"

#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <sys/un.h>

namespace hdp {

namespace {

constexpr int usageError = 2;

template <class Value, class NameOf>
std::map<std::string, Value> byName(std::initializer_list<Value> values, NameOf name) {
    std::map<std::string, Value> map;
    for (const auto value : values) {
        map.emplace(std::string{name(value)}, value);
    }
    return map;
}

/// Replaces a name by the number that CLI11 reads an enumerator from. CLI11's own transformer would
/// let the number itself pass as well, and says what is allowed in its own notation.
template <class Value>
CLI::Validator oneOf(std::map<std::string, Value> values) {
    return {[values = std::move(values)](std::string& text) {
                std::string allowed;
                for (const auto& [name, value] : values) {
                    if (text == name) {
                        text = std::to_string(static_cast<int>(value));
                        return std::string{};
                    }
                    allowed += (allowed.empty() ? "" : ", ") + name;
                }
                return "\"" + text + "\" is none of " + allowed;
            },
            ""};
}

std::vector<ResourceRule> rulesIn(const std::vector<std::string>& texts) {
    std::vector<ResourceRule> rules;
    for (const auto& text : texts) {
        try {
            rules.push_back(parseResourceRule(text));
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument(std::string{"--resource: "} + error.what());
        }
    }
    return rules;
}

void addResourceFlags(CLI::App& app, Options& options) {
    const auto group = "Kubernetes";
    app.add_option_function<std::vector<std::string>>(
           "--resource",
           [&options](const std::vector<std::string>& texts) {
               options.resources = rulesIn(texts);
           },
           "Extended resource that pods ask for; several share out the chips, the first that "
           "takes a chip has it; keys are model, id, address, driver and numa [hailo.ai/device]")
        ->take_all()
        ->allow_extra_args(false)
        ->type_name("NAME[:KEY=VALUE,...]")
        ->group(group);
    app.add_option("--allocation-policy", options.allocationPolicy,
                   "packed: several chips of a container share a NUMA node and a PCIe switch; "
                   "spread: they do not")
        ->transform(oneOf(byName({AllocationPolicy::Packed, AllocationPolicy::Spread},
                                 [](AllocationPolicy policy) { return nameOf(policy); })))
        ->type_name("packed|spread")
        ->group(group);
}

void addSecondsFlag(CLI::App& app,
                    const std::string& name,
                    std::chrono::seconds& duration,
                    const std::string& description) {
    app.add_option_function<unsigned>(
           name, [&duration](const unsigned& seconds) { duration = std::chrono::seconds{seconds}; },
           description + " [" + std::to_string(duration.count()) + "]")
        ->type_name("SECONDS");
}

void addKubeletFlags(CLI::App& app, Options& options) {
    const auto group = "Kubernetes";
    app.add_option("--kubelet-registration", options.registration,
                   "register: call the kubelet; watcher: let its plugin watcher find us")
        ->transform(oneOf(byName({RegistrationMode::Register, RegistrationMode::Watcher},
                                 [](RegistrationMode mode) { return nameOf(mode); })))
        ->type_name("register|watcher")
        ->group(group);
    app.add_option("--kubelet-directory", options.kubeletDirectory,
                   "The kubelet's device-plugins folder")
        ->group(group);
    app.add_option("--plugins-registry", options.pluginsRegistry,
                   "The folder that the kubelet's plugin watcher watches")
        ->group(group);
    app.add_option("--pod-resources-socket", options.podResourcesSocket,
                   "Where the kubelet tells who holds which chip; empty to never ask")
        ->expected(0, 1) // lets it be empty
        ->group(group);
    addSecondsFlag(app, "--tombstone-grace", options.tombstoneGrace,
                   "Seconds for which a vanished chip stays listed even if no pod holds it");
    app.get_option("--tombstone-grace")->group(group);
}

void addHandoverFlags(CLI::App& app, Options& options) {
    const auto group = "What a container gets";
    app.add_option("--handover", options.handover,
                   "How chips are handed to the container runtime, in a comma list")
        ->transform(oneOf(
            byName({HandoverMode::CdiCri, HandoverMode::CdiAnnotations, HandoverMode::DeviceSpecs},
                   [](HandoverMode mode) { return nameOf(mode); })))
        ->take_all()
        ->delimiter(',')
        ->type_name("cdi-cri|cdi-annotations|device-specs")
        ->group(group);
    app.add_option("--cdi-kind", options.cdiKind, "vendor/class of the CDI devices")->group(group);
    app.add_option("--cdi-directory", options.cdiDirectory, "Folder for the CDI file")
        ->group(group);
    app.add_option(
           "--state-directory", options.stateDirectory,
           "Folder for by-address links and class views; runtimes see it under the same path")
        ->group(group);
}

void addHardwareFlags(CLI::App& app, Options& options) {
    using hotplug::UeventSource;
    const auto group = "Hardware";
    app.add_option("--uevents", options.ueventSource,
                   "Who reports hotplug: udevd, or the kernel itself as in a pod")
        ->transform(
            oneOf(byName({UeventSource::Automatic, UeventSource::Udev, UeventSource::Kernel},
                         [](UeventSource source) { return nameOf(source); })))
        ->type_name("auto|udev|kernel")
        ->group(group);
    app.add_option("--identify", options.identify,
                   "once: asks each idle Hailo-8 when it is discovered whether it is a Hailo-8L, "
                   "which wakes it")
        ->transform(oneOf(byName({IdentifyMode::Off, IdentifyMode::Once},
                                 [](IdentifyMode mode) { return nameOf(mode); })))
        ->type_name("off|once")
        ->group(group);
    app.add_option("--sys-root", options.sysRoot, "Where sysfs is seen")->group(group);
    app.add_option("--dev-root", options.devRoot,
                   "Where the host's device nodes are seen; empty if they are not")
        ->expected(0, 1) // lets --dev-root= be empty
        ->group(group);
    addSecondsFlag(app, "--health-interval", options.healthInterval,
                   "Seconds between looks at what has no event; 0 for never");
    app.get_option("--health-interval")->group(group);
}

void addLogFlags(CLI::App& app, Options& options) {
    const std::map<std::string, log::Level> levels{{"debug", log::Level::Debug},
                                                   {"info", log::Level::Info},
                                                   {"warning", log::Level::Warning},
                                                   {"error", log::Level::Error}};
    app.add_option("--log-level", options.logLevel, "The least important kind of message to write")
        ->transform(oneOf(levels))
        ->type_name("debug|info|warning|error");
}

void checkResource(const std::string& name) {
    try {
        checkResourceName(name);
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument(std::string{"--resource: "} + error.what());
    }
}

void checkResources(const std::vector<ResourceRule>& rules) {
    if (rules.empty()) {
        throw std::invalid_argument("--resource needs at least one name");
    }
    std::set<std::string> seen;
    for (const auto& rule : rules) {
        checkResource(rule.resource);
        if (!seen.insert(rule.resource).second) {
            throw std::invalid_argument("--resource names " + rule.resource + " twice");
        }
    }
}

void checkHandover(const std::vector<HandoverMode>& modes) {
    if (modes.empty()) {
        throw std::invalid_argument("--handover needs at least one mode");
    }
    std::set<HandoverMode> seen;
    for (const auto mode : modes) {
        if (!seen.insert(mode).second) {
            throw std::invalid_argument("--handover names " + std::string{nameOf(mode)} + " twice");
        }
    }
}

void checkIdentify(const Options& options) {
    const bool isOn = options.identify == IdentifyMode::Once;
    if (isOn && options.devRoot.empty()) {
        throw std::invalid_argument("--identify once needs the device nodes: set --dev-root");
    }
    for (const auto& rule : options.resources) {
        if (!isOn && rule.selector.models.contains("hailo-8l")) {
            throw std::invalid_argument("--resource " + rule.resource +
                                        " takes the model hailo-8l, which is known only with "
                                        "--identify once");
        }
    }
}

void requireAbsolute(const std::string& flag, const std::filesystem::path& folder) {
    if (!folder.is_absolute()) {
        throw std::invalid_argument(flag + " \"" + folder.string() + "\" is not an absolute path");
    }
}

void checkSocketPath(const std::string& flag,
                     const std::filesystem::path& folder,
                     const std::string& resource) {
    const auto longest = folder / SocketNames::longest(resource);
    constexpr auto limit = sizeof(sockaddr_un::sun_path) - 1;
    if (longest.native().size() > limit) {
        throw std::invalid_argument(flag + " \"" + folder.string() +
                                    "\" is too long: socket paths in it get " +
                                    std::to_string(longest.native().size()) +
                                    " bytes, and the kernel allows " + std::to_string(limit));
    }
}

void checkSocketPaths(const Options& options) {
    for (const auto& rule : options.resources) {
        if (options.registration == RegistrationMode::Register) {
            checkSocketPath("--kubelet-directory", options.kubeletDirectory, rule.resource);
        } else {
            checkSocketPath("--plugins-registry", options.pluginsRegistry, rule.resource);
        }
    }
}

} // namespace

CommandLine parseCommandLine(int argc, const char* const* argv) {
    CommandLine line;
    CLI::App app{"Makes the Hailo AI accelerators of this machine usable by containers.",
                 "hailo-device-plugin"};
    app.set_version_flag("--version", "hailo-device-plugin " HDP_VERSION);
    app.option_defaults()->take_last();
    addResourceFlags(app, line.options);
    addKubeletFlags(app, line.options);
    addHandoverFlags(app, line.options);
    addContainerFlags(app, line.options.container);
    addHardwareFlags(app, line.options);
    addLogFlags(app, line.options);
    try {
        app.parse(argc, argv);
        validate(line.options);
    } catch (const CLI::ParseError& error) {
        line.exitCode = app.exit(error) == 0 ? 0 : usageError;
    } catch (const std::invalid_argument& error) {
        std::cerr << "hailo-device-plugin: " << error.what() << "\n";
        line.exitCode = usageError;
    }
    return line;
}

void validate(const Options& options) {
    checkResources(options.resources);
    if (!cdi::isKind(options.cdiKind)) {
        throw std::invalid_argument("--cdi-kind \"" + options.cdiKind +
                                    "\" is not of the form vendor/class, as in hailo.ai/device");
    }
    checkIdentify(options);
    checkHandover(options.handover);
    validate(options.container);
    // A container runtime gets paths below the last one, and has another working directory.
    requireAbsolute("--kubelet-directory", options.kubeletDirectory);
    requireAbsolute("--plugins-registry", options.pluginsRegistry);
    requireAbsolute("--cdi-directory", options.cdiDirectory);
    requireAbsolute("--state-directory", options.stateDirectory);
    checkSocketPaths(options);
}

} // namespace hdp
