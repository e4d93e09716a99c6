// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/socket_room.hpp"

#include "cdi/text.hpp"
#include "daemon/config/value.hpp"
#include "daemon/kubelet/socket_names.hpp"

#include <string>

#include <sys/un.h>

namespace hdp::config {

void checkSocketRoom(const Options& options) {
    constexpr auto limit = sizeof(sockaddr_un::sun_path) - 1;
    const bool isWatched = options.registration == RegistrationMode::Watcher;
    const auto& folder = isWatched ? options.pluginsRegistry : options.kubeletDirectory;
    for (const auto& rule : options.resources) {
        const auto size =
            (folder / SocketNames::longest(options.socketName.empty()
                                               ? rule.resource
                                               : options.socketName + "_" + rule.resource))
                .native()
                .size();
        if (size > limit) {
            throw Refusal{0, isWatched ? "kubelet.plugins-registry" : "kubelet.directory",
                          cdi::inQuotes(folder.string()) + " is too long: socket paths in it get " +
                              std::to_string(size) + " bytes, and the kernel allows " +
                              std::to_string(limit)};
        }
    }
}

} // namespace hdp::config
