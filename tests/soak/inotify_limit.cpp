// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/inotify_limit.hpp"

#include <fstream>
#include <stdexcept>

namespace hdp::testing {

namespace {

constexpr auto watches = "/proc/sys/user/max_inotify_watches";
constexpr auto instances = "/proc/sys/user/max_inotify_instances";

std::string valueOf(const char* limit) {
    std::string value;
    std::getline(std::ifstream{limit}, value);
    return value;
}

bool set(const char* limit, const std::string& value) {
    std::ofstream file{limit};
    file << value << std::flush;
    return file.good();
}

} // namespace

InotifyLimit::InotifyLimit() : watches_(valueOf(watches)), instances_(valueOf(instances)) {
    if (!set(watches, "0") || !set(instances, "0")) {
        throw std::runtime_error(std::string{"cannot write "} + watches);
    }
}

InotifyLimit::~InotifyLimit() {
    set(watches, watches_);
    set(instances, instances_);
}

} // namespace hdp::testing
