// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include <sys/types.h>

namespace hdp {

/// A listening unix socket in the kubelet's plugin folder, open to its owner only. Accepted
/// connections go to gRPC by descriptor; gRPC's own listener is not used because it takes over a
/// path that another server listens on, and on shutdown removes whatever has that name by then
/// (seen with gRPC 1.51). Destruction stops listening, leaves connections alone, and removes the
/// file if it is still this one.
class PluginSocket {
  public:
    /// Takes ownership of a connected, non-blocking descriptor. Must not destroy the socket.
    using OnConnection = std::function<void(int descriptor)>;

    /// Throws std::system_error, named after the call and the path, when the path is longer than
    /// 107 bytes, taken, or in a folder that is absent or not writable.
    PluginSocket(boost::asio::io_context& loop,
                 std::filesystem::path path,
                 OnConnection onConnection);
    PluginSocket(const PluginSocket&) = delete;
    PluginSocket& operator=(const PluginSocket&) = delete;
    ~PluginSocket();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// Whether the file of that name is still this socket.
    [[nodiscard]] bool isInPlace() const;

  private:
    void listen();
    void accept();
    void onAccept(const boost::system::error_code& error,
                  boost::asio::local::stream_protocol::socket peer);
    void fail(const std::string& cause);
    void pause();

    std::filesystem::path path_;
    OnConnection onConnection_;
    boost::asio::local::stream_protocol::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    // Handlers hold weak pointers to it: one that was queued already runs in spite of cancel().
    std::shared_ptr<const std::monostate> alive_ = std::make_shared<const std::monostate>();
    bool isFailing_ = false;
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

} // namespace hdp
