// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hdp {

/// What a container sees as one class folder of sysfs, for runtimes that do not know CDI: a host
/// folder to be bound read-only over it.
struct ClassView {
    std::string classFolder; ///< "hailo_chardev": the container path is below /sys/class
    std::filesystem::path hostFolder;
};

/// Makes class views: folders with one sub-folder per chip of a set, holding the attributes that
/// HailoRT reads as regular files. HailoRT refuses an attribute with a newline at its end
/// (driver_os_specific.cpp of 4.23.0), so they have none.
/// A view is keyed by the addresses, node names and attributes of its chips and never changes,
/// because the kubelet replays the mount for the life of a pod, reboots included; hence the folder
/// must be on a disk, and a driver that offers other attributes gets another view.
class ClassViews {
  public:
    /// Removes what makers who died left half-made. The folder must be nobody else's: see
    /// requireOwnFolder().
    explicit ClassViews(std::filesystem::path folder);

    /// The views for a set of chips, one per class folder, made on the disk if they are not there
    /// or not whole. Every device must have a class device. Throws std::system_error or
    /// std::filesystem::filesystem_error.
    [[nodiscard]] std::vector<ClassView>
    viewsFor(const std::vector<const hotplug::Device*>& devices) const;

  private:
    std::filesystem::path folder_;
};

} // namespace hdp
