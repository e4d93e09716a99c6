// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

namespace grpc {
class Server;
class Service;
} // namespace grpc

namespace hdp::testing {

class ListeningSocket;

/// A gRPC server on a unix socket that ends the way a killed process does: every connection breaks
/// at once and the socket file stays behind.
class UnixServer {
  public:
    /// Serves until destruction; the service must live longer. Throws std::system_error.
    UnixServer(const std::filesystem::path& path, grpc::Service& service);
    ~UnixServer();
    UnixServer(const UnixServer&) = delete;
    UnixServer& operator=(const UnixServer&) = delete;
    UnixServer(UnixServer&&) = delete;
    UnixServer& operator=(UnixServer&&) = delete;

    /// Refuses new connections from now on; those that exist go on.
    void stopAccepting();

  private:
    std::unique_ptr<grpc::Server> server_;
    std::unique_ptr<ListeningSocket> socket_;
};

} // namespace hdp::testing
