// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <system_error>

namespace hdp::testing {

/// Removes a folder out of which a daemon may be taking its own files at the same moment: to
/// std::filesystem::remove_all it is an error that somebody else was faster. Throws
/// std::filesystem::filesystem_error for other errors.
inline void removeAll(const std::filesystem::path& path) {
    std::error_code error;
    do {
        std::filesystem::remove_all(path, error);
    } while (error == std::errc::no_such_file_or_directory);
    if (error) {
        throw std::filesystem::filesystem_error("remove_all", path, error);
    }
}

} // namespace hdp::testing
