// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/kubelet_connection.hpp"

#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hdp {

namespace {

KubeletConnection failed(int error) {
    return {-1, {error, std::generic_category()}};
}

} // namespace

KubeletConnection connectToKubelet(const std::filesystem::path& socket) {
    sockaddr_un address{};
    const auto& path = socket.native();
    if (path.size() >= sizeof address.sun_path) {
        return failed(ENAMETOOLONG);
    }
    address.sun_family = AF_UNIX;
    std::memcpy(static_cast<char*>(address.sun_path), path.data(), path.size());
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        return failed(errno);
    }
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int error = errno;
        ::close(descriptor);
        return failed(error);
    }
    return {descriptor, {}};
}

} // namespace hdp
