// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace hdp {

/// Removes the sockets in a folder whose names begin with the prefix and that nobody listens on:
/// what predecessors left behind that died. A socket that accepts a connection is somebody's and
/// stays; anything that is not a socket stays too. Errors leave things as they are.
void removeLeftoverSockets(const std::filesystem::path& folder, std::string_view prefix);

} // namespace hdp
