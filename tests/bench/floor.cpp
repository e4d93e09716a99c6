// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/floor.hpp"

#include "tests/bench/udev_sender.hpp"
#include "tests/support/mock_chip.hpp"

#include <array>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <thread>

#include <libudev.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

void echo(int descriptor) {
    char byte = 0;
    while (::read(descriptor, &byte, 1) == 1 && ::write(descriptor, &byte, 1) == 1) {
    }
}

struct Unref {
    void operator()(udev* context) const { ::udev_unref(context); }

    void operator()(udev_monitor* monitor) const { ::udev_monitor_unref(monitor); }

    void operator()(udev_device* device) const { ::udev_device_unref(device); }
};

/// Waits for one uevent.
void hear(udev_monitor* monitor) {
    pollfd waiting{::udev_monitor_get_fd(monitor), POLLIN, 0};
    const std::unique_ptr<udev_device, Unref> device{
        ::poll(&waiting, 1, 1000) == 1 ? ::udev_monitor_receive_device(monitor) : nullptr};
    if (!device) {
        throw std::runtime_error("no uevent came to libudev");
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
            samples.time([&pair] {
                char byte = 0;
                if (::write(pair[0], &byte, 1) != 1 || ::read(pair[0], &byte, 1) != 1) {
                    throw std::system_error(errno, std::generic_category(), "socketpair echo");
                }
            });
        }
        ::close(pair[0]);
    }
    ::close(pair[1]);
    return samples;
}

Samples ueventToListener(std::size_t rounds, std::chrono::milliseconds pause) {
    UdevSender udevd;
    const std::unique_ptr<udev, Unref> context{::udev_new()};
    const std::unique_ptr<udev_monitor, Unref> monitor{
        ::udev_monitor_new_from_netlink(context.get(), "udev")};
    if (!monitor || ::udev_monitor_enable_receiving(monitor.get()) < 0) {
        throw std::runtime_error("udev_monitor_new_from_netlink failed");
    }
    Samples samples;
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto sent = udevd.send({"change", MockChip{}.pciPath(), "pci"});
        hear(monitor.get());
        samples.add(std::chrono::steady_clock::now() - sent);
        std::this_thread::sleep_for(pause);
    }
    return samples;
}

} // namespace hdp::testing
