// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/systemd/datagram_receiver.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

bool isReadable(int descriptor, int milliseconds) {
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    return ::poll(&waiting, 1, milliseconds) == 1;
}

} // namespace

DatagramReceiver::DatagramReceiver()
    : descriptor_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::ranges::copy(address(), std::begin(name.sun_path));
    if (::bind(descriptor_, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) != 0) {
        throw std::system_error(errno, std::generic_category(), "bind");
    }
}

DatagramReceiver::~DatagramReceiver() {
    ::close(descriptor_);
}

std::string DatagramReceiver::next() const {
    if (!isReadable(descriptor_, 20'000)) {
        return "nothing";
    }
    std::string datagram(1U << 20U, '\0');
    const auto length = ::recv(descriptor_, datagram.data(), datagram.size(), 0);
    datagram.resize(static_cast<std::size_t>(std::max<ssize_t>(length, 0)));
    return datagram;
}

bool DatagramReceiver::isEmpty() const {
    return !isReadable(descriptor_, 0);
}

} // namespace hdp::testing
