// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ctime>
#include <filesystem>

#include <sys/types.h>

namespace hdp {

/// Tells one kubelet.sock from the next. The change time is there because ext4 reuses inodes at
/// once.
struct KubeletIdentity {
    dev_t device = 0;
    ino_t inode = 0;
    timespec changed{};

    bool operator==(const KubeletIdentity& other) const;
};

/// Of the socket of that path; the default one if there is nothing.
KubeletIdentity identify(const std::filesystem::path& socket);

} // namespace hdp
