// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pluginregistration_v1.grpc.pb.h"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace grpc {
class Server;
} // namespace grpc

namespace hdp::testing {

/// The registration socket of a plugin that waits to be found by the plugin watcher.
class WatchedPlugin final : public pluginregistration::Registration::Service {
  public:
    WatchedPlugin(const std::filesystem::path& socket, pluginregistration::PluginInfo info);
    /// Removes the socket.
    ~WatchedPlugin() override;
    WatchedPlugin(const WatchedPlugin&) = delete;
    WatchedPlugin& operator=(const WatchedPlugin&) = delete;
    WatchedPlugin(WatchedPlugin&&) = delete;
    WatchedPlugin& operator=(WatchedPlugin&&) = delete;

    std::function<grpc::Status(grpc::ServerContext&)> onGetInfo{};

    /// Blocks until the kubelet has said that many times how it went, and answers what it said.
    std::vector<pluginregistration::RegistrationStatus> waitForStatus(std::size_t count = 1);
    [[nodiscard]] std::string authority() const;

  private:
    grpc::Status GetInfo(grpc::ServerContext* context,
                         const pluginregistration::InfoRequest* request,
                         pluginregistration::PluginInfo* response) override;
    grpc::Status
    NotifyRegistrationStatus(grpc::ServerContext* context,
                             const pluginregistration::RegistrationStatus* request,
                             pluginregistration::RegistrationStatusResponse* response) override;

    const pluginregistration::PluginInfo info_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<pluginregistration::RegistrationStatus> statuses_;
    std::string authority_;
    std::unique_ptr<grpc::Server> server_;
};

} // namespace hdp::testing
