// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/plugin_socket.hpp"

#include "daemon/log.hpp"

#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace hdp {

namespace {

using Protocol = boost::asio::local::stream_protocol;

constexpr std::size_t longestPath = sizeof(sockaddr_un::sun_path) - 1;
constexpr mode_t ownerOnly = 0600;

[[noreturn]] void refuse(int error, const std::string& what) {
    throw std::system_error(error, std::generic_category(), what);
}

struct stat statusOf(const std::filesystem::path& path) {
    struct stat status {};

    if (::lstat(path.c_str(), &status) != 0) {
        refuse(errno, "lstat " + path.string());
    }
    return status;
}

} // namespace

PluginSocket::PluginSocket(boost::asio::io_context& loop,
                           std::filesystem::path path,
                           OnConnection onConnection)
    : path_(std::move(path)),
      onConnection_(std::move(onConnection)),
      acceptor_(loop),
      pause_(loop) {
    if (path_.native().size() > longestPath) {
        refuse(ENAMETOOLONG, "bind " + path_.string() +
                                 " (a socket path has at most 107 bytes, this one " +
                                 std::to_string(path_.native().size()) + ")");
    }
    listen();
    accept();
}

PluginSocket::~PluginSocket() {
    if (isInPlace()) {
        ::unlink(path_.c_str());
    }
}

bool PluginSocket::isInPlace() const {
    struct stat status {};

    return ::lstat(path_.c_str(), &status) == 0 && status.st_dev == device_ &&
           status.st_ino == inode_;
}

void PluginSocket::listen() {
    acceptor_.open(Protocol{});
    const int descriptor = acceptor_.native_handle();
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    // The mode of the descriptor becomes the mode of the file, so there is no moment with another
    // one.
    ::fchmod(descriptor, ownerOnly);
    boost::system::error_code error;
    acceptor_.bind(Protocol::endpoint{path_.string()}, error);
    if (error) {
        refuse(error.value(), "bind " + path_.string());
    }
    const auto status = statusOf(path_);
    device_ = status.st_dev;
    inode_ = status.st_ino;
    acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
    if (error) {
        refuse(error.value(), "listen " + path_.string());
    }
}

void PluginSocket::accept() {
    acceptor_.async_accept([this, alive = std::weak_ptr{alive_}](
                               const boost::system::error_code& error, Protocol::socket peer) {
        if (!alive.expired()) {
            onAccept(error, std::move(peer));
        }
    });
}

void PluginSocket::onAccept(const boost::system::error_code& error, Protocol::socket peer) {
    if (error) {
        fail(error.message());
        return pause();
    }
    isFailing_ = false;
    boost::system::error_code ignored; // gRPC sets it once more
    peer.native_non_blocking(true, ignored);
    ::fcntl(peer.native_handle(), F_SETFD, FD_CLOEXEC);
    onConnection_(peer.release());
    accept();
}

void PluginSocket::fail(const std::string& cause) {
    if (!std::exchange(isFailing_, true)) {
        log::warning("cannot accept a connection on " + path_.string() + ": " + cause +
                         "; trying again ten times a second",
                     {{"HAILO_EVENT", "accept-failure"}});
    }
}

void PluginSocket::pause() {
    // Out of descriptors, most likely: the connection stays in the queue and would be offered at
    // once again.
    pause_.expires_after(std::chrono::milliseconds{100});
    pause_.async_wait([this, alive = std::weak_ptr{alive_}](const boost::system::error_code&) {
        if (!alive.expired()) {
            accept();
        }
    });
}

} // namespace hdp
