// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pluginregistration_v1.grpc.pb.h"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <string>

namespace hdp {

/// What the kubelet's plugin watcher asks at a socket that it found in plugins_registry. The
/// endpoint is left empty, which means this very socket: the kubelet may see the folder under
/// another path than a container does.
class WatcherService final : public pluginregistration::Registration::CallbackService {
  public:
    /// Told on the loop; the loop must outlive the server.
    struct Events {
        std::function<void()> onAsked;                     ///< who we are
        std::function<void(const std::string&)> onDecided; ///< empty: registered; else why not
    };

    WatcherService(boost::asio::io_context& loop, std::string resource, Events events);

  private:
    using Context = grpc::CallbackServerContext;

    grpc::ServerUnaryReactor* GetInfo(Context* context,
                                      const pluginregistration::InfoRequest* request,
                                      pluginregistration::PluginInfo* response) override;
    grpc::ServerUnaryReactor*
    NotifyRegistrationStatus(Context* context,
                             const pluginregistration::RegistrationStatus* request,
                             pluginregistration::RegistrationStatusResponse* response) override;

    boost::asio::io_context& loop_;
    std::string resource_;
    Events events_;
};

} // namespace hdp
