// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/bind_mount.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <sys/mount.h>

namespace hdp::testing {

BindMount::BindMount(const std::filesystem::path& source, std::filesystem::path target)
    : target_(std::move(target)) {
    if (::mount(source.c_str(), target_.c_str(), nullptr, MS_BIND | MS_REC, nullptr) != 0) {
        throw std::system_error(errno, std::generic_category(), "mount " + target_.string());
    }
}

BindMount::~BindMount() {
    ::umount2(target_.c_str(), MNT_DETACH);
}

} // namespace hdp::testing
