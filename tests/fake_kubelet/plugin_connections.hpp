// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/client_table.hpp"
#include "tests/fake_kubelet/kubelet_state.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace grpc {
class ServerContext;
class Status;
} // namespace grpc

namespace hdp::testing {

/// Dials plugins back, reads their streams and decides what the end of a stream means. Any thread.
class PluginConnections {
  public:
    explicit PluginConnections(KubeletState& state);
    ~PluginConnections();
    PluginConnections(const PluginConnections&) = delete;
    PluginConnections& operator=(const PluginConnections&) = delete;
    PluginConnections(PluginConnections&&) = delete;
    PluginConnections& operator=(PluginConnections&&) = delete;

    /// Register: checks, dials back, and logs how it went. Answers the error text, if any.
    std::optional<std::string> registerPlugin(const v1beta1::RegisterRequest& request,
                                              const grpc::ServerContext& caller);

    /// The way of the plugin watcher: the endpoint is an absolute path, and no call waits.
    std::optional<std::string> registerWatched(const v1beta1::RegisterRequest& request);
    void deregisterWatched(const std::string& resource, const std::filesystem::path& socket);

    /// Breaks every connection and whatever waits on one. The state's life must be over.
    void abortAll();
    /// Waits for the threads of all streams. After abortAll().
    void clear();

  private:
    [[nodiscard]] Misbehaviour currentMisbehaviour() const;
    std::optional<std::string> connect(const v1beta1::RegisterRequest& request,
                                       const std::filesystem::path& socket,
                                       const grpc::ServerContext* caller);
    void log(const v1beta1::RegisterRequest& request, const std::optional<std::string>& error);
    ClientPtr track(const std::string& resource, const std::filesystem::path& socket);
    std::optional<std::string> connected(const ClientPtr& client,
                                         const std::optional<std::string>& error);
    void received(const PluginClient& client, const v1beta1::ListAndWatchResponse& list);
    void streamEnded(const PluginClient& client, const grpc::Status& status);
    void disconnect(const KubeletState::Lock& lock, const ClientPtr& client);
    void checkDropped(const KubeletState::Lock& lock, const std::string& resource);
    void
    panic(const KubeletState::Lock& lock, const std::string& resource, const std::string& text);
    std::vector<ClientPtr> takeFinished(const KubeletState::Lock& lock);

    KubeletState& state_;
    ClientTable tracked_;
    std::vector<ClientPtr> clients_; ///< all whose thread may run, tracked or not
};

} // namespace hdp::testing
