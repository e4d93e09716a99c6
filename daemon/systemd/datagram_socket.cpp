// SPDX-License-Identifier: Apache-2.0
#include "daemon/systemd/datagram_socket.hpp"

#include <algorithm>
#include <cstddef>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hdp::systemd {

DatagramSocket::DatagramSocket()
    : descriptor_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {}

DatagramSocket::~DatagramSocket() {
    ::close(descriptor_);
}

bool DatagramSocket::send(std::string_view address, std::string_view datagram) const {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (address.empty() || address.size() >= sizeof(name.sun_path)) {
        return false;
    }
    std::ranges::copy(address, std::begin(name.sun_path));
    if (address.front() == '@') {
        name.sun_path[0] = '\0';
    }
    const auto length = offsetof(sockaddr_un, sun_path) + address.size();
    return ::sendto(descriptor_, datagram.data(), datagram.size(), MSG_NOSIGNAL,
                    reinterpret_cast<const sockaddr*>(&name), // NOLINT: the call's type
                    static_cast<socklen_t>(length)) == static_cast<ssize_t>(datagram.size());
}

} // namespace hdp::systemd
