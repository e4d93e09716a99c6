// SPDX-License-Identifier: Apache-2.0
#include "tests/hotplug/monitor_probe.hpp"

#include "tests/support/loop_runner.hpp"

#include <filesystem>
#include <string>
#include <utility>

#include <sys/socket.h>
#include <sys/un.h>

namespace hdp::hotplug {

namespace fs = std::filesystem;

namespace {

/// Netlink in reality; a datagram socket named $UMOCKDEV_DIR/event<N> in a testbed.
bool isUeventSocket(int descriptor) {
    sockaddr_un address{};
    socklen_t size = sizeof address;
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what the socket interface wants
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        return false;
    }
    const bool isInTestbed = address.sun_family == AF_UNIX &&
                             fs::path(address.sun_path).filename().string().starts_with("event");
    return isInTestbed || address.sun_family == AF_NETLINK;
}

} // namespace

std::set<int> ueventSockets() {
    std::set<int> sockets;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
        const int descriptor = std::stoi(entry.path().filename().string());
        if (isUeventSocket(descriptor)) {
            sockets.insert(descriptor);
        }
    }
    return sockets;
}

MonitorProbe::MonitorProbe(UeventSource source) {
    const std::set<int> before = ueventSockets();
    monitor_.emplace(loop_, source, [this](UdevMonitor::Cause cause) { note(cause); });
    for (const int socket : ueventSockets()) {
        socket_ = before.contains(socket) ? socket_ : socket;
    }
}

std::vector<UdevMonitor::Cause> MonitorProbe::takeCauses() {
    testing::runReady(loop_);
    return std::exchange(causes_, {});
}

std::vector<UdevMonitor::Cause> MonitorProbe::waitForCauses() {
    testing::runUntil(loop_, [this] { return !causes_.empty(); });
    return std::exchange(causes_, {});
}

} // namespace hdp::hotplug
