// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/leftover_sockets.hpp"

#include "daemon/kubelet/kubelet_connection.hpp"
#include "daemon/log.hpp"

#include <system_error>

#include <unistd.h>

namespace hdp {

namespace fs = std::filesystem;

namespace {

bool isRefused(const fs::path& socket) {
    const auto connection = connectToKubelet(socket);
    if (connection.descriptor >= 0) {
        ::close(connection.descriptor);
    }
    return connection.error == std::errc::connection_refused;
}

} // namespace

std::set<fs::path> socketsIn(const fs::path& folder, std::string_view prefix) {
    std::set<fs::path> sockets;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(".sock") &&
            entry.symlink_status().type() == fs::file_type::socket) {
            sockets.insert(entry.path());
        }
    }
    return sockets;
}

void removeIfLeftOver(const fs::path& socket) {
    std::error_code error;
    if (isRefused(socket) && fs::remove(socket, error)) {
        log::info("removed " + socket.string() + ", left behind by a daemon that died",
                  {{"HAILO_EVENT", "leftover-socket"}});
    }
}

void removeLeftoverSockets(const fs::path& folder, std::string_view prefix) {
    for (const auto& socket : socketsIn(folder, prefix)) {
        removeIfLeftOver(socket);
    }
}

} // namespace hdp
