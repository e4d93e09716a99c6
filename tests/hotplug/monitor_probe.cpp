// SPDX-License-Identifier: Apache-2.0
#include "tests/hotplug/monitor_probe.hpp"

#include "tests/support/loop_runner.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace hdp::hotplug {

namespace fs = std::filesystem;

std::set<int> openSockets() {
    std::set<int> sockets;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
        std::error_code ignored;
        if (fs::read_symlink(entry.path(), ignored).string().starts_with("socket:")) {
            sockets.insert(std::stoi(entry.path().filename().string()));
        }
    }
    return sockets;
}

MonitorProbe::MonitorProbe(UeventSource source) {
    const std::set<int> before = openSockets();
    monitor_.emplace(loop_, source, [this](UdevMonitor::Cause cause) { note(cause); });
    for (const int socket : openSockets()) {
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
