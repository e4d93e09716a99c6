// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/own_folder.hpp"

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace hdp {

namespace fs = std::filesystem;

namespace {

using Status = struct stat;

/// Of what the path leads to; the operator may have put the whole state elsewhere by a link.
Status statusOf(const fs::path& path) {
    Status status{};
    if (::stat(path.c_str(), &status) != 0) {
        throw fs::filesystem_error("stat", path, {errno, std::generic_category()});
    }
    return status;
}

void requireTrust(const fs::path& folder) {
    const auto status = statusOf(folder);
    if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
        throw std::runtime_error(folder.string() + " belongs to the user " +
                                 std::to_string(status.st_uid) +
                                 ", who could replace what is in it");
    }
    if ((status.st_mode & S_IWOTH) != 0) {
        throw std::runtime_error("everybody may write to " + folder.string() +
                                 ", and replace what is in it");
    }
}

} // namespace

void requireOwnFolder(const fs::path& folder) {
    fs::create_directories(folder);
    requireTrust(folder.parent_path());
    if (fs::is_symlink(folder)) {
        throw std::runtime_error(folder.string() + " is a link to another folder");
    }
    requireTrust(folder);
}

} // namespace hdp
