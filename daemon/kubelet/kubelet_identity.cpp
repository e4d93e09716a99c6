// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/kubelet_identity.hpp"

#include <sys/stat.h>

namespace hdp {

bool KubeletIdentity::operator==(const KubeletIdentity& other) const {
    return device == other.device && inode == other.inode &&
           changed.tv_sec == other.changed.tv_sec && changed.tv_nsec == other.changed.tv_nsec;
}

KubeletIdentity identify(const std::filesystem::path& socket) {
    struct stat status {};

    if (::stat(socket.c_str(), &status) != 0) {
        return {};
    }
    return {status.st_dev, status.st_ino, status.st_ctim};
}

} // namespace hdp
