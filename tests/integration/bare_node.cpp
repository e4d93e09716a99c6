// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/bare_node.hpp"

#include "cdi/spec_json.hpp"
#include "tests/support/fixture.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

/// All its folders below one.
KubeletOptions in(KubeletOptions options, const fs::path& folder) {
    options.directory = folder / "kubelet";
    options.podResourcesSocket = folder / "pods" / "kubelet.sock";
    options.pluginsRegistry = folder / "registry";
    fs::create_directories(options.pluginsRegistry);
    return options;
}

void print(const DeviceHealth& devices) {
    for (const auto& [id, health] : devices) {
        std::cerr << "  " << id << " " << health << "\n";
    }
}

} // namespace

DeviceHealth healthOf(const v1beta1::ListAndWatchResponse& list) {
    DeviceHealth devices;
    for (const auto& device : list.devices()) {
        devices[device.id()] = device.health();
    }
    return devices;
}

BareNode::BareNode(KubeletOptions options) : kubelet(in(std::move(options), folder.path())) {}

fs::path BareNode::kubeletDirectory() const {
    return folder.path() / "kubelet";
}

fs::path BareNode::pluginsRegistry() const {
    return folder.path() / "registry";
}

fs::path BareNode::cdiFile() const {
    return cdiDirectory / "hailo.ai-device.json";
}

fs::path BareNode::configFile() const {
    return folder.path() / "etc" / "config.yaml";
}

fs::path BareNode::stateDirectory() const {
    return folder.path() / "state";
}

DaemonProcess& BareNode::startDaemon(const std::vector<std::string>& arguments,
                                     std::optional<uid_t> user,
                                     const std::vector<std::string>& launcher) {
    if (!fs::exists(configFile())) {
        writeFile(configFile(), "");
    }
    std::vector<std::string> all{"--config",
                                 configFile(),
                                 "--kubelet-directory",
                                 kubeletDirectory(),
                                 "--cdi-directory",
                                 cdiDirectory,
                                 "--state-directory",
                                 stateDirectory(),
                                 "--plugins-registry",
                                 pluginsRegistry(),
                                 "--pod-resources-socket",
                                 folder.path() / "pods/kubelet.sock",
                                 "--dbus", // the machine's own must not notice
                                 "off"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    daemon_.reset();
    return daemon_.emplace(all, user, launcher);
}

DeviceHealth BareNode::devices(const std::string& name) const {
    return healthOf(kubelet.deviceList(name));
}

bool BareNode::kubeletSees(const DeviceHealth& expected, const std::string& name) {
    if (kubelet.waitUntil(
            [&] { return kubelet.lastMessage(name).has_value() && devices(name) == expected; })) {
        return true;
    }
    std::cerr << "the kubelet sees instead:\n";
    print(devices(name));
    std::cerr << "and the daemon said:\n" << daemonLog() << "\n";
    return false;
}

std::optional<cdi::Spec> BareNode::cdiSpec() const {
    std::ifstream file{cdiFile()};
    if (!file) {
        return std::nullopt;
    }
    return cdi::parseSpec(std::string{std::istreambuf_iterator<char>{file}, {}});
}

std::string BareNode::cdiNodeOf(const std::string& id) const {
    const auto spec = cdiSpec();
    if (!spec) {
        return {};
    }
    const auto device = std::ranges::find(spec->devices, id, &cdi::Device::name);
    return device == spec->devices.end() ? std::string{}
                                         : device->containerEdits.deviceNodes.at(0).path;
}

std::vector<std::string> BareNode::pluginSockets() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(kubeletDirectory())) {
        const auto name = entry.path().filename().string();
        if (entry.is_socket() && name != "kubelet.sock") {
            names.push_back(name);
        }
    }
    return names;
}

} // namespace hdp::testing
