// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec.hpp"
#include "tests/fake_kubelet/fake_kubelet.hpp"
#include "tests/integration/daemon_process.hpp"
#include "tests/support/temporary_directory.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hdp::testing {

/// A chip as a kubelet sees it: id and health.
using DeviceHealth = std::map<std::string, std::string>;

/// A node in small but for the hardware: a kubelet behind real gRPC, folders of its own, and the
/// real daemon, which looks at the hardware of the machine that it finds itself on. All on demand.
class BareNode {
  public:
    static constexpr auto resource = "hailo.ai/device";

    /// The kubelet's options are its defaults but for the folder.
    explicit BareNode(KubeletOptions options = {});

    TemporaryDirectory folder;
    FakeKubelet kubelet;

    /// A folder of this node's own unless a test says otherwise before it starts the daemon.
    std::filesystem::path cdiDirectory = folder.path() / "cdi";

    [[nodiscard]] std::filesystem::path kubeletDirectory() const;
    [[nodiscard]] std::filesystem::path pluginsRegistry() const;
    [[nodiscard]] std::filesystem::path cdiFile() const;
    [[nodiscard]] std::filesystem::path stateDirectory() const;

    /// The daemon's, empty unless a test writes it.
    [[nodiscard]] std::filesystem::path configFile() const;

    /// Starts the daemon with this node's folders; the arguments come last and so win.
    DaemonProcess& startDaemon(const std::vector<std::string>& arguments = {},
                               std::optional<uid_t> user = {},
                               const std::vector<std::string>& launcher = {});

    [[nodiscard]] DaemonProcess& daemon() { return *daemon_; }

    /// What the daemon said until now, if it was started.
    [[nodiscard]] std::string daemonLog() { return daemon_ ? daemon_->log() : "nothing"; }

    /// What the kubelet was told last.
    [[nodiscard]] DeviceHealth devices(const std::string& name = resource) const;

    /// Waits until the kubelet's list is this one; false, with what it is instead on standard
    /// error, if it does not become so.
    [[nodiscard]] bool kubeletSees(const DeviceHealth& expected,
                                   const std::string& name = resource);

    /// The CDI file as a runtime would read it, strictly; nothing if there is none.
    [[nodiscard]] std::optional<cdi::Spec> cdiSpec() const;

    /// The path of the node of a chip in the CDI file, "/dev/hailo0"; empty if it is not in it.
    [[nodiscard]] std::string cdiNodeOf(const std::string& id) const;

    /// Sockets in the kubelet's folder that are not the kubelet's.
    [[nodiscard]] std::vector<std::string> pluginSockets() const;

  private:
    std::optional<DaemonProcess> daemon_;
};

/// What a list says of each chip.
DeviceHealth healthOf(const v1beta1::ListAndWatchResponse& list);

} // namespace hdp::testing
