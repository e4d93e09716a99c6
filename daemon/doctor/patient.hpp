// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "daemon/options.hpp"
#include "daemon/view/host_view.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::doctor {

/// What all checks look at: the settings in force, the chips as the daemon would see them, and
/// where the host's files are.
struct Patient {
    Options options{};
    std::vector<std::string> warnings{}; ///< about the settings
    HostView view{};
    InventoryPtr inventory = std::make_shared<const Inventory>();
    std::filesystem::path root = "/"; ///< of the host, but for sysfs, /dev and folders of settings
    unsigned userId = 0;
    std::size_t pageSize = 4096; ///< of the kernel, in bytes

    /// Where the host's file of that name, "/etc/cdi", is seen.
    [[nodiscard]] std::filesystem::path host(std::string_view path) const {
        return root / std::filesystem::path{path}.relative_path();
    }
};

} // namespace hdp::doctor
