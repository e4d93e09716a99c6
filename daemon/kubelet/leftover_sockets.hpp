// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <set>
#include <string_view>

namespace hdp {

/// Removes the sockets in a folder whose names begin with the prefix and that nobody listens on:
/// what predecessors left behind that died. A socket that accepts a connection is somebody's and
/// stays; anything that is not a socket stays too. Errors leave things as they are.
void removeLeftoverSockets(const std::filesystem::path& folder, std::string_view prefix);

/// The same for one socket.
void removeIfLeftOver(const std::filesystem::path& socket);

/// The paths of all sockets in a folder whose names begin with the prefix; none if it cannot be
/// read.
std::set<std::filesystem::path> socketsIn(const std::filesystem::path& folder,
                                          std::string_view prefix);

} // namespace hdp
