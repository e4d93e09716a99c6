// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/kubelet_state.hpp"
#include "tests/fake_kubelet/plugin_connections.hpp"

#include <memory>

namespace hdp::testing {

class PluginWatcher;
class PodResourcesService;
class RegistrationService;
class UnixServer;

/// One life of the fake kubelet, from its start to its being killed: what serves and watches.
class KubeletProcess {
  public:
    /// Reads the checkpoint, wipes the directory, listens. Throws std::system_error.
    KubeletProcess(KubeletState& state, PluginConnections& plugins);
    /// Breaks all connections; the socket files stay.
    ~KubeletProcess();
    KubeletProcess(const KubeletProcess&) = delete;
    KubeletProcess& operator=(const KubeletProcess&) = delete;
    KubeletProcess(KubeletProcess&&) = delete;
    KubeletProcess& operator=(KubeletProcess&&) = delete;

  private:
    void listen();
    void kill();

    KubeletState& state_;
    PluginConnections& plugins_;
    const std::unique_ptr<RegistrationService> registration_;
    const std::unique_ptr<PodResourcesService> podResources_;
    std::unique_ptr<UnixServer> registrationServer_;
    std::unique_ptr<UnixServer> podResourcesServer_;
    std::unique_ptr<PluginWatcher> watcher_;
};

} // namespace hdp::testing
