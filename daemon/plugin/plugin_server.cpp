// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/plugin_server.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <grpcpp/server_posix.h>

#include <chrono>
#include <stdexcept>
#include <utility>

namespace hdp {

namespace {

constexpr std::chrono::seconds patience{2};

std::unique_ptr<grpc::Server> start(const std::vector<grpc::Service*>& services) {
    grpc::ServerBuilder builder;
    for (auto* service : services) {
        builder.RegisterService(service);
    }
    auto server = builder.BuildAndStart();
    if (!server) {
        throw std::runtime_error("grpc::ServerBuilder::BuildAndStart failed");
    }
    return server;
}

} // namespace

PluginServer::PluginServer(boost::asio::io_context& loop,
                           const std::vector<grpc::Service*>& services)
    : loop_(loop), server_(start(services)) {}

PluginServer::~PluginServer() = default;

void PluginServer::adopt(int descriptor) {
    grpc::AddInsecureChannelFromFd(server_.get(), descriptor);
}

void PluginServer::shutDown(std::function<void()> onDone) {
    auto work = boost::asio::make_work_guard(loop_);
    shutdown_ = std::jthread([this, work = std::move(work), onDone = std::move(onDone)]() mutable {
        server_->Shutdown(std::chrono::system_clock::now() + patience);
        boost::asio::post(loop_, std::move(onDone));
    });
}

} // namespace hdp
