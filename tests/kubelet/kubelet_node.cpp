// SPDX-License-Identifier: Apache-2.0
#include "tests/kubelet/kubelet_node.hpp"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <thread>

#include <linux/magic.h>
#include <sys/vfs.h>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

constexpr auto kubeletFolder = "/var/lib/kubelet";

void emptyKubeletFolder() {
    struct statfs status {};

    if (::statfs(kubeletFolder, &status) != 0 || status.f_type != TMPFS_MAGIC) {
        throw std::runtime_error("/var/lib/kubelet is not on a tmpfs; run this test by means of "
                                 "tests/kubelet/in_own_namespace");
    }
    for (const auto& entry : fs::directory_iterator(kubeletFolder)) {
        fs::remove_all(entry.path());
    }
}

} // namespace

std::string RunOptions::valueOf(const nlohmann::json& pairs, const std::string& name) {
    const auto found =
        std::ranges::find_if(pairs, [&name](const auto& pair) { return pair.at("Name") == name; });
    return found == pairs.end() ? std::string{} : found->at("Value").template get<std::string>();
}

KubeletNode::KubeletNode() {
    emptyKubeletFolder();
}

fs::path KubeletNode::pluginDirectory() {
    return fs::path{kubeletFolder} / "device-plugins";
}

DeviceManager& KubeletNode::startKubelet(const std::vector<std::string>& arguments) {
    kubelet_.reset();
    return kubelet_.emplace(arguments);
}

DaemonProcess& KubeletNode::startDaemon(const std::vector<std::string>& arguments) {
    auto all = daemonArguments();
    all.insert(all.end(), arguments.begin(), arguments.end());
    return node.startDaemon(all);
}

std::vector<std::string> KubeletNode::daemonArguments() const {
    const fs::path folder{kubeletFolder};
    return {"--kubelet-directory",    pluginDirectory(),
            "--plugins-registry",     folder / "plugins_registry",
            "--pod-resources-socket", folder / "pod-resources" / "kubelet.sock",
            "--cdi-directory",        node.cdiFile().parent_path(),
            "--state-directory",      node.stateDirectory()};
}

std::optional<NodeCount> KubeletNode::count() {
    const auto status = kubelet_->ask("capacity").result;
    if (status.is_null() || !status.at("capacity").contains(resource)) {
        return std::nullopt;
    }
    return NodeCount{.capacity = status.at("capacity").at(resource).get<int>(),
                     .allocatable = status.at("allocatable").at(resource).get<int>()};
}

bool KubeletNode::comesToHave(const NodeCount& expected) {
    if (waitUntil([this, &expected] { return count() == expected; })) {
        return true;
    }
    const auto last = count().value_or(NodeCount{-1, -1});
    std::cerr << "the node has capacity " << last.capacity << ", allocatable " << last.allocatable
              << "; the kubelet said:\n"
              << kubelet_->log() << "and the daemon said:\n"
              << daemon().log();
    return false;
}

std::string KubeletNode::allocate(const std::string& pod, int count) {
    return kubelet_->ask("allocate " + pod + " main " + resource + " " + std::to_string(count))
        .error;
}

RunOptions KubeletNode::runOptions(const std::string& pod) {
    const auto answer = kubelet_->ask("run-options " + pod + " main");
    if (!answer.result.is_object()) {
        throw std::runtime_error("pod " + pod + " has no run options " + answer.error);
    }
    const auto list = [&answer](const char* name) {
        const auto& value = answer.result.at(name);
        return value.is_null() ? nlohmann::json::array() : value;
    };
    return {.devices = list("Devices"),
            .mounts = list("Mounts"),
            .envs = list("Envs"),
            .annotations = list("Annotations"),
            .cdiDevices = list("CDIDevices")};
}

std::vector<std::string> KubeletNode::chipsOf(const std::string& pod) {
    const auto held = kubelet_->ask("devices-held " + pod + " main").result;
    return held.is_object() ? held.value(resource, std::vector<std::string>{})
                            : std::vector<std::string>{};
}

bool KubeletNode::waitUntil(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + DeviceManager::patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
    return true;
}

} // namespace hdp::testing
