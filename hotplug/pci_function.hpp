// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/pci_address.hpp"
#include "hotplug/pci_id.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hdp::hotplug {

/// A PCI function of vendor Hailo as /sys/bus/pci/devices shows it.
struct PciFunction {
    PciAddress address;
    PciId id;
    std::optional<int> numaNode;
    std::vector<PciAddress> upstream;
    std::optional<std::string> driver;
    std::optional<std::string> driverVersion;
    bool isConfigSpaceDead = false; ///< its first four bytes read all ones
};

/// All of them, in no particular order. Entries that are no readable PCI function are passed over.
std::vector<PciFunction> readPciFunctions(const std::filesystem::path& sysRoot);

} // namespace hdp::hotplug
