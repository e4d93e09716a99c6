// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/socket_names.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include <fmt/format.h>

namespace hdp {

namespace {

std::string nameOf(std::string_view prefix, std::string_view process, std::uint64_t count) {
    return fmt::format("{}{}-{}.sock", prefix, process, count);
}

} // namespace

std::string SocketNames::prefixFor(std::string_view resource) {
    std::string prefix{resource};
    std::ranges::replace(prefix, '/', '_');
    return prefix + "-";
}

SocketNames::SocketNames(std::filesystem::path folder, std::string_view resource)
    : folder_(std::move(folder)),
      prefix_(prefixFor(resource)),
      process_(fmt::format("{:08x}", std::random_device{}())) {}

std::filesystem::path SocketNames::next() {
    return folder_ / nameOf(prefix_, process_, ++count_);
}

std::string SocketNames::longest(std::string_view resource) {
    return nameOf(prefixFor(resource), "00000000", 999'999);
}

} // namespace hdp
