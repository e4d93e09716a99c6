// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/kubelet/socket_file.hpp"

#include <cerrno>
#include <string>
#include <system_error>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

void check(int result, const std::string& call) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), call);
    }
}

} // namespace

SocketFile::SocketFile(const std::filesystem::path& path, State state) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    const auto* place = reinterpret_cast<const sockaddr*>(&address);
    const int server = newDescriptor();
    check(::bind(server, place, sizeof address), "bind");
    if (state == State::Bound) {
        return;
    }
    check(::listen(server, 0), "listen");
    while (state == State::Full && ::connect(newDescriptor(), place, sizeof address) == 0) {
        // Until the queue holds no more.
    }
    if (state == State::Dead) {
        ::close(server);
        descriptors_.clear();
    }
}

SocketFile::~SocketFile() {
    for (const int descriptor : descriptors_) {
        ::close(descriptor);
    }
}

int SocketFile::newDescriptor() {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    check(descriptor, "socket");
    descriptors_.push_back(descriptor);
    return descriptor;
}

} // namespace hdp::testing
