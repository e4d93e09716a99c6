// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/watched_plugin.hpp"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <utility>

namespace hdp::testing {

WatchedPlugin::WatchedPlugin(const std::filesystem::path& socket,
                             pluginregistration::PluginInfo info)
    : info_(std::move(info)) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + socket.string(), grpc::InsecureServerCredentials());
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
}

WatchedPlugin::~WatchedPlugin() {
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
}

std::vector<pluginregistration::RegistrationStatus>
WatchedPlugin::waitForStatus(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10),
                      [this, count] { return statuses_.size() >= count; });
    return statuses_;
}

std::string WatchedPlugin::authority() const {
    const std::lock_guard lock(mutex_);
    return authority_;
}

grpc::Status WatchedPlugin::GetInfo(grpc::ServerContext* context,
                                    const pluginregistration::InfoRequest* /*request*/,
                                    pluginregistration::PluginInfo* response) {
    {
        const std::lock_guard lock(mutex_);
        const auto authority = context->ExperimentalGetAuthority();
        authority_.assign(authority.data(), authority.size());
    }
    *response = info_;
    return onGetInfo ? onGetInfo(*context) : grpc::Status::OK;
}

grpc::Status WatchedPlugin::NotifyRegistrationStatus(
    grpc::ServerContext* /*context*/,
    const pluginregistration::RegistrationStatus* request,
    pluginregistration::RegistrationStatusResponse* /*response*/) {
    const std::lock_guard lock(mutex_);
    statuses_.push_back(*request);
    changed_.notify_all();
    return grpc::Status::OK;
}

} // namespace hdp::testing
