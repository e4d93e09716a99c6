// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace hdp {

/// Makes a folder of the daemon's state with the parents that are missing, and insists that nobody
/// else can put anything in its place: what lies there is removed or mounted into containers by
/// name. It must be a folder and no link to one, and, as its parent, be owned by this process' user
/// or root and not writable for everybody. Throws std::runtime_error with a sentence, and
/// std::filesystem::filesystem_error.
void requireOwnFolder(const std::filesystem::path& folder);

} // namespace hdp
