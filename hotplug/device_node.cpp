// SPDX-License-Identifier: Apache-2.0
#include "hotplug/device_node.hpp"

#include <cerrno>
#include <string>
#include <system_error>

#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace hdp::hotplug {

namespace {

std::string toString(const DeviceNumber& number) {
    return std::to_string(number.major) + ":" + std::to_string(number.minor);
}

Problem missing(const std::string& node, int error) {
    return {Reason::NodeMissing,
            node + " cannot be looked at (" + std::generic_category().message(error) +
                "); check that devtmpfs is mounted and that udevd or mdev runs."};
}

} // namespace

std::optional<Problem> checkNode(const std::filesystem::path& devRoot, const ClassDevice& device) {
    const std::string node = "/dev/" + device.name;

    struct stat status {};

    if (::stat((devRoot / device.name).c_str(), &status) != 0) {
        return missing(node, errno);
    }
    if (!S_ISCHR(status.st_mode)) {
        return Problem{Reason::NodeNotADevice,
                       node + " is not a character device; remove it and reload the driver."};
    }
    const DeviceNumber number{major(status.st_rdev), minor(status.st_rdev)};
    if (device.number && *device.number != number) {
        return Problem{Reason::NodeMismatch,
                       node + " has device number " + toString(number) + " and sysfs says " +
                           toString(*device.number) +
                           "; the node is stale, remove it and reload the driver."};
    }
    return std::nullopt;
}

} // namespace hdp::hotplug
