// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace grpc {
class Server;
class Service;
} // namespace grpc

namespace hdp {

/// A gRPC server that has no port of its own: it serves the connections that it is given. Loop
/// thread only; the services must outlive it, and the loop must turn until shutDown() has called
/// back. Destruction without that waits for the ends of all calls, which need the loop.
class PluginServer {
  public:
    /// Throws std::runtime_error when gRPC cannot start a server.
    PluginServer(boost::asio::io_context& loop, const std::vector<grpc::Service*>& services);
    PluginServer(const PluginServer&) = delete;
    PluginServer& operator=(const PluginServer&) = delete;
    ~PluginServer();

    /// Serves a connection; takes ownership of the descriptor.
    void adopt(int descriptor);

    /// Ends all calls and calls back on the loop when gRPC is done, two seconds later at the
    /// latest. Server::Shutdown waits for reactions that need the loop, hence it runs on a thread
    /// of its own.
    void shutDown(std::function<void()> onDone);

  private:
    boost::asio::io_context& loop_;
    std::unique_ptr<grpc::Server> server_;
    std::jthread shutdown_;
};

} // namespace hdp
