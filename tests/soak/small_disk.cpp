// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/small_disk.hpp"

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

#include <sys/mount.h>

namespace hdp::testing {

SmallDisk::SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    if (::mount("none", folder_.c_str(), "tmpfs", 0, "size=64k,mode=0755") != 0) {
        throw std::system_error(errno, std::generic_category(), "mount " + folder_.string());
    }
}

SmallDisk::~SmallDisk() {
    ::umount2(folder_.c_str(), MNT_DETACH);
}

void SmallDisk::fill(std::size_t spare) const {
    const auto room = std::filesystem::space(folder_).available;
    if (room > spare) {
        std::ofstream{filler()} << std::string(room - spare, 'x');
    }
}

void SmallDisk::free() const {
    std::filesystem::remove(filler());
}

} // namespace hdp::testing
