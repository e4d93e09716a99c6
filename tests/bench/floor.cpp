// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/floor.hpp"

#include <array>
#include <cerrno>
#include <system_error>
#include <thread>

#include <sys/socket.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

void echo(int descriptor) {
    char byte = 0;
    while (::read(descriptor, &byte, 1) == 1 && ::write(descriptor, &byte, 1) == 1) {
    }
}

} // namespace

Samples socketPingPong(std::size_t rounds) {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) {
        throw std::system_error(errno, std::generic_category(), "socketpair");
    }
    Samples samples;
    {
        const std::jthread echoer{[descriptor = pair[1]] { echo(descriptor); }};
        for (std::size_t round = 0; round < rounds; ++round) {
            const auto before = std::chrono::steady_clock::now();
            char byte = 0;
            if (::write(pair[0], &byte, 1) != 1 || ::read(pair[0], &byte, 1) != 1) {
                throw std::system_error(errno, std::generic_category(), "socketpair echo");
            }
            samples.add(std::chrono::steady_clock::now() - before);
        }
        ::close(pair[0]);
    }
    ::close(pair[1]);
    return samples;
}

} // namespace hdp::testing
