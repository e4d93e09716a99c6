// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/node.hpp"
#include "tests/kubelet/device_manager.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hdp::testing {

/// What a node's status says of one resource.
struct NodeCount {
    int capacity = 0;
    int allocatable = 0;

    friend bool operator==(const NodeCount&, const NodeCount&) = default;
};

/// What the kubelet tells the container runtime about the chips of a container.
struct RunOptions {
    nlohmann::json devices;
    nlohmann::json mounts;
    nlohmann::json envs;
    nlohmann::json annotations;
    nlohmann::json cdiDevices;

    /// The value of an environment variable or an annotation; empty if there is none.
    [[nodiscard]] static std::string valueOf(const nlohmann::json& pairs, const std::string& name);
};

/// A node whose device manager is a real kubelet's. Fake hardware and the real daemon, as in Node;
/// its fake kubelet is never started. The kubelet's folders are constants, so there can be one at a
/// time, and only where nothing of a real node can be lost: on a tmpfs.
class KubeletNode {
  public:
    static constexpr auto resource = Node::resource;

    /// Empties /var/lib/kubelet. Throws std::runtime_error unless it is on a tmpfs.
    KubeletNode();

    Node node;
    Testbed& hardware = node.hardware;

    [[nodiscard]] static std::filesystem::path pluginDirectory();

    /// Starts a kubelet, in place of one that may still run, which is killed.
    DeviceManager& startKubelet(const std::vector<std::string>& arguments = {});

    /// Starts the daemon for this kubelet, in place of one that may still run, which is killed.
    DaemonProcess& startDaemon(const std::vector<std::string>& arguments = {});

    /// Command line of the daemon, to start one beside the other.
    [[nodiscard]] std::vector<std::string> daemonArguments() const;

    [[nodiscard]] DeviceManager& kubelet() { return *kubelet_; }

    [[nodiscard]] DaemonProcess& daemon() { return node.daemon(); }

    /// Nothing if the kubelet has not heard of the resource, or has forgotten it.
    [[nodiscard]] std::optional<NodeCount> count();

    /// Waits until the node has so many; false, with all logs on standard error, if it does not
    /// come to that.
    [[nodiscard]] bool comesToHave(const NodeCount& expected);

    /// Asks for chips for the container "main" of a pod; the error, empty if it was admitted.
    std::string allocate(const std::string& pod, int count = 1);

    /// What the container "main" of the pod is started with.
    [[nodiscard]] RunOptions runOptions(const std::string& pod);

    /// The ids of the chips that the container "main" of a pod holds.
    [[nodiscard]] std::vector<std::string> chipsOf(const std::string& pod);

    /// Whether the condition holds within the patience; it is looked at every few milliseconds.
    [[nodiscard]] static bool waitUntil(const std::function<bool()>& condition);

  private:
    std::optional<DeviceManager> kubelet_;
};

} // namespace hdp::testing
