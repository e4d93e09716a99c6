// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

#include <sys/types.h>

namespace hdp {

/// Tells one kubelet.sock from the next. The time of birth is there because ext4 reuses inodes at
/// once; a file system that does not tell it gives the time of the last change.
struct KubeletIdentity {
    dev_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t seconds = 0;
    std::uint32_t nanoseconds = 0;

    friend bool operator==(const KubeletIdentity&, const KubeletIdentity&) = default;
};

/// Of the socket of that path; the default one if there is nothing.
KubeletIdentity identify(const std::filesystem::path& socket);

} // namespace hdp
