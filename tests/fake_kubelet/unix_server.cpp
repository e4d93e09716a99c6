// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/unix_server.hpp"

#include "tests/fake_kubelet/channel.hpp"
#include "tests/fake_kubelet/listening_socket.hpp"

#include <grpcpp/grpcpp.h>
#include <grpcpp/server_posix.h>

#include <chrono>

namespace hdp::testing {

namespace {

std::unique_ptr<grpc::Server> serve(grpc::Service& service) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service);
    builder.SetMaxReceiveMessageSize(maxMessageBytes);
    return builder.BuildAndStart();
}

} // namespace

UnixServer::UnixServer(const std::filesystem::path& path, grpc::Service& service)
    : server_(serve(service)) {
    auto* const server = server_.get();
    socket_ = std::make_unique<ListeningSocket>(
        path, [server](int descriptor) { grpc::AddInsecureChannelFromFd(server, descriptor); });
}

void UnixServer::stopAccepting() {
    socket_.reset();
}

UnixServer::~UnixServer() {
    stopAccepting();
    // A deadline that is over cancels the calls and drops the connections without waiting.
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
}

} // namespace hdp::testing
