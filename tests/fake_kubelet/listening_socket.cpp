// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/listening_socket.hpp"

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

[[noreturn]] void fail(const char* call) {
    throw std::system_error(errno, std::generic_category(), call);
}

sockaddr_un addressOf(const std::string& path) {
    sockaddr_un address{};
    if (path.size() >= sizeof address.sun_path) {
        throw std::invalid_argument("socket path too long: " + path);
    }
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

int listenOn(const std::filesystem::path& path) {
    const sockaddr_un address = addressOf(path.string());
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        fail("socket");
    }
    // The C interface takes every kind of address by a pointer to its common head.
    const auto* head = reinterpret_cast<const sockaddr*>(&address);
    if (::bind(descriptor, head, sizeof address) < 0 || ::listen(descriptor, SOMAXCONN) < 0) {
        const int error = errno;
        ::close(descriptor);
        throw std::system_error(error, std::generic_category(), "listen on " + path.string());
    }
    return descriptor;
}

} // namespace

ListeningSocket::ListeningSocket(const std::filesystem::path& path, OnConnection onConnection)
    : descriptor_(listenOn(path)),
      onConnection_(std::move(onConnection)),
      thread_([this] { acceptUntilShutdown(); }) {}

ListeningSocket::~ListeningSocket() {
    // On Linux this makes accept() return EINVAL and connect() be refused from now on.
    ::shutdown(descriptor_, SHUT_RDWR);
    thread_.join();
    ::close(descriptor_);
}

void ListeningSocket::acceptUntilShutdown() const {
    for (;;) {
        const int connection =
            ::accept4(descriptor_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (connection >= 0) {
            onConnection_(connection);
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return;
        }
    }
}

} // namespace hdp::testing
