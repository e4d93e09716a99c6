// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/plugin/raw_connection.hpp"

#include <array>
#include <cerrno>
#include <system_error>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hdp::testing {

RawConnection::RawConnection(const std::filesystem::path& path)
    : descriptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.native().copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int error = errno;
        ::close(descriptor_);
        throw std::system_error(error, std::generic_category(), "connect " + path.string());
    }
}

RawConnection::~RawConnection() {
    ::close(descriptor_);
}

void RawConnection::write(std::string_view bytes) const {
    if (::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) {
        throw std::system_error(errno, std::generic_category(), "send");
    }
}

std::string RawConnection::read() const {
    std::array<char, 4096> part{};
    const auto size = ::read(descriptor_, part.data(), part.size());
    return {part.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

} // namespace hdp::testing
