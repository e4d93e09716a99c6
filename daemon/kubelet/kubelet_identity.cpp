// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/kubelet_identity.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace hdp {

KubeletIdentity identify(const std::filesystem::path& socket) {
    struct statx status {};

    if (::statx(AT_FDCWD, socket.c_str(), 0, STATX_INO | STATX_CTIME | STATX_BTIME, &status) != 0) {
        return {};
    }
    const bool hasBirth = (status.stx_mask & STATX_BTIME) != 0;
    const auto& time = hasBirth ? status.stx_btime : status.stx_ctime;
    return {makedev(status.stx_dev_major, status.stx_dev_minor), status.stx_ino, time.tv_sec,
            time.tv_nsec};
}

} // namespace hdp
