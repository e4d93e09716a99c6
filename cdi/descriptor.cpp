// SPDX-License-Identifier: Apache-2.0
#include "cdi/descriptor.hpp"

#include <sys/file.h>
#include <sys/stat.h>

namespace hdp::cdi {

void writeAll(const Descriptor& file, std::string_view content, const std::filesystem::path& path) {
    while (!content.empty()) {
        const ssize_t written = ::write(file.number(), content.data(), content.size());
        if (written < 0 && errno != EINTR) {
            throwErrno("write", path);
        }
        content.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

void setMode(const Descriptor& file, mode_t mode, const std::filesystem::path& path) {
    if (::fchmod(file.number(), mode) != 0) {
        throwErrno("fchmod", path);
    }
}

bool tryLock(const Descriptor& file) {
    return ::flock(file.number(), LOCK_EX | LOCK_NB) == 0;
}

} // namespace hdp::cdi
