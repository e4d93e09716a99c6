// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/folder.hpp"
#include "hotplug/pci_address.hpp"
#include "hotplug/pci_id.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hdp::hotplug {

/// A PCI function as /sys/bus/pci/devices shows it.
struct PciFunction {
    /// What stays the same as long as the function is on the bus. (Root may overwrite the NUMA node
    /// to mend firmware, which the kernel taints itself for.)
    struct Identity {
        PciAddress address;
        PciId id;                           ///< of another vendor's function the device is not read
        std::vector<PciAddress> upstream{}; ///< of another vendor's function: empty
        std::optional<int> numaNode{};
    };

    Identity identity;
    std::optional<std::string> driver;
    std::optional<std::string> driverVersion;
};

/// Versions by driver name: chips share a driver, and this is the longest path to walk.
using DriverVersions = std::map<std::string, std::optional<std::string>>;

/// Nothing if the entry of this name is no PCI function that can be read.
std::optional<PciFunction::Identity> identify(const Folder& bus, const std::string& name);

/// The function of this name and identity as it is now. Driver versions are read once into
/// `versions`.
PciFunction readPciFunction(const Folder& bus,
                            const std::string& name,
                            const PciFunction::Identity& identity,
                            DriverVersions& versions);

} // namespace hdp::hotplug
