// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"
#include "hotplug/pci_address.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::hotplug {

/// A class device together with the PCI address that it belongs to.
struct ClassEntry {
    PciAddress address;
    ClassDevice device;
    std::string
        devFault; ///< empty if the attribute dev gave major and minor, else what is wrong with it
};

/// The content of the class folders of all driver generations.
struct ClassEntries {
    std::vector<ClassEntry> entries; ///< in no particular order
    std::vector<std::string>
        anomalies; ///< sentences about what does not fit, with paths of the host
};

/// Entries of chips inside a SoC are left out: they have no PCI address.
ClassEntries readClassEntries(const std::filesystem::path& sysRoot);

} // namespace hdp::hotplug
