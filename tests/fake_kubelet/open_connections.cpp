// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/open_connections.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <sys/socket.h>
#include <sys/un.h>

namespace hdp::testing {

namespace {

std::vector<int> descriptors() {
    std::vector<int> numbers;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        numbers.push_back(std::stoi(entry.path().filename().string()));
    }
    return numbers;
}

bool isConnectedTo(int descriptor, const std::filesystem::path& socket) {
    sockaddr_un peer{};
    socklen_t size = sizeof peer;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what the socket interface wants
    return ::getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) == 0 &&
           peer.sun_family == AF_UNIX && size > sizeof peer.sun_family &&
           std::string_view{static_cast<const char*>(peer.sun_path)} == socket.native();
}

} // namespace

void hangUp(const std::filesystem::path& socket) {
    for (const int descriptor : descriptors()) {
        if (isConnectedTo(descriptor, socket)) {
            ::shutdown(descriptor, SHUT_RDWR);
        }
    }
}

} // namespace hdp::testing
