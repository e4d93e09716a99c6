// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/kubelet/pod_resources_server.hpp"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <stdexcept>

namespace hdp::testing {

PodResourcesServer::PodResourcesServer(const std::filesystem::path& socket) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + socket.string(), grpc::InsecureServerCredentials());
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    if (!server_) {
        throw std::runtime_error("BuildAndStart");
    }
}

PodResourcesServer::~PodResourcesServer() {
    {
        const std::lock_guard lock{mutex_};
        hangs_ = false;
    }
    changed_.notify_all();
    server_->Shutdown(std::chrono::system_clock::now());
}

void PodResourcesServer::hold(const std::string& resource, const std::string& id) {
    const std::lock_guard lock{mutex_};
    auto& devices = *answer_.add_pod_resources()->add_containers()->add_devices();
    devices.set_resource_name(resource);
    devices.add_device_ids(id);
}

void PodResourcesServer::release() {
    const std::lock_guard lock{mutex_};
    answer_.Clear();
}

void PodResourcesServer::refuse(const std::string& error) {
    const std::lock_guard lock{mutex_};
    error_ = error;
}

void PodResourcesServer::hang() {
    const std::lock_guard lock{mutex_};
    hangs_ = true;
}

std::size_t PodResourcesServer::calls() const {
    const std::lock_guard lock{mutex_};
    return calls_;
}

grpc::Status PodResourcesServer::List(grpc::ServerContext* /*context*/,
                                      const v1::ListPodResourcesRequest* /*request*/,
                                      v1::ListPodResourcesResponse* response) {
    std::unique_lock lock{mutex_};
    ++calls_;
    changed_.wait(lock, [this] { return !hangs_; });
    *response = answer_;
    return error_.empty() ? grpc::Status::OK : grpc::Status{grpc::StatusCode::UNKNOWN, error_};
}

} // namespace hdp::testing
