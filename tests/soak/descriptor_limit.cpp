// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/descriptor_limit.hpp"

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace hdp::testing {

namespace {

/// The number below which just so many are free.
rlim_t limitOf(pid_t process, std::size_t spare) {
    const auto folder = std::filesystem::path{"/proc"} / std::to_string(process) / "fd";
    rlim_t number = 0;
    while (spare > 0 || std::filesystem::is_symlink(folder / std::to_string(number))) {
        spare -= std::filesystem::is_symlink(folder / std::to_string(number)) ? 0U : 1U;
        ++number;
    }
    return number;
}

} // namespace

DescriptorLimit::DescriptorLimit(pid_t process, std::size_t spare) : process_(process) {
    if (::prlimit(process_, RLIMIT_NOFILE, nullptr, &before_) != 0) {
        throw std::system_error(errno, std::generic_category(), "prlimit");
    }
    const rlimit limit{limitOf(process_, spare), before_.rlim_max};
    if (::prlimit(process_, RLIMIT_NOFILE, &limit, nullptr) != 0) {
        throw std::system_error(errno, std::generic_category(), "prlimit");
    }
}

DescriptorLimit::~DescriptorLimit() {
    ::prlimit(process_, RLIMIT_NOFILE, &before_, nullptr);
}

} // namespace hdp::testing
