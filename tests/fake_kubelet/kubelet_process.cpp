// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_process.hpp"

#include "tests/fake_kubelet/plugin_watcher.hpp"
#include "tests/fake_kubelet/pod_resources_service.hpp"
#include "tests/fake_kubelet/registration_service.hpp"
#include "tests/fake_kubelet/unix_server.hpp"

#include <filesystem>

namespace hdp::testing {

KubeletProcess::KubeletProcess(KubeletState& state, PluginConnections& plugins)
    : state_(state),
      plugins_(plugins),
      registration_(std::make_unique<RegistrationService>(state, plugins)),
      podResources_(std::make_unique<PodResourcesService>(state)) {
    PluginDirectory(state.options.directory, state.options.wipeRule).prepare();
    // Alive before it listens: a plugin may register with the first connection.
    state_.begin(state_.lock());
    try {
        listen();
    } catch (...) {
        kill();
        throw;
    }
}

KubeletProcess::~KubeletProcess() {
    kill();
}

void KubeletProcess::listen() {
    const auto& options = state_.options;
    const PluginDirectory directory(options.directory, options.wipeRule);
    registrationServer_ = std::make_unique<UnixServer>(directory.kubeletSocket(), *registration_);
    if (!options.podResourcesSocket.empty()) {
        std::filesystem::create_directories(options.podResourcesSocket.parent_path());
        std::filesystem::remove(options.podResourcesSocket);
        podResourcesServer_ =
            std::make_unique<UnixServer>(options.podResourcesSocket, *podResources_);
    }
    if (!options.pluginsRegistry.empty()) {
        watcher_ = std::make_unique<PluginWatcher>(options, plugins_);
    }
}

void KubeletProcess::kill() {
    // First the door, so that a plugin that sees its stream break finds kubelet.sock refusing.
    if (registrationServer_) {
        registrationServer_->stopAccepting();
    }
    state_.end(state_.lock());
    plugins_.abortAll();
    watcher_.reset();
    podResourcesServer_.reset();
    registrationServer_.reset();
    plugins_.clear();
}

} // namespace hdp::testing
