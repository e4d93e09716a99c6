// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/watcher_service.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace hdp {

namespace {

grpc::ServerUnaryReactor* finished(grpc::CallbackServerContext& context) {
    auto* reactor = context.DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
}

} // namespace

WatcherService::WatcherService(boost::asio::io_context& loop, std::string resource, Events events)
    : loop_(loop), resource_(std::move(resource)), events_(std::move(events)) {}

grpc::ServerUnaryReactor*
WatcherService::GetInfo(Context* context,
                        const pluginregistration::InfoRequest* /*request*/,
                        pluginregistration::PluginInfo* response) {
    response->set_type("DevicePlugin");
    response->set_name(resource_);
    response->add_supported_versions("v1beta1");
    boost::asio::post(loop_, [this] { events_.onAsked(); });
    return finished(*context);
}

grpc::ServerUnaryReactor* WatcherService::NotifyRegistrationStatus(
    Context* context,
    const pluginregistration::RegistrationStatus* request,
    pluginregistration::RegistrationStatusResponse* /*response*/) {
    auto error = request->error();
    if (!request->plugin_registered() && error.empty()) {
        error = "no reason given";
    }
    boost::asio::post(loop_, [this, error = std::move(error)] { events_.onDecided(error); });
    return finished(*context);
}

} // namespace hdp
