// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"
#include "hotplug/folder.hpp"
#include "hotplug/pci_address.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::hotplug {

/// A class device together with the PCI address that it belongs to.
struct ClassEntry {
    PciAddress address;
    ClassDevice device;
    /// What is wrong with attributes that the driver's users cannot do without, as the start of a
    /// sentence with the path on the host: "/sys/…/dev is empty".
    std::vector<std::string> faults;
};

/// What one entry of a class folder turned out to be.
struct ClassEntryReading {
    std::optional<ClassEntry> entry;    ///< nothing for what is no PCIe chip's
    std::vector<std::string> anomalies; ///< sentences about what does not fit

    /// Whether another reading of the same entry would say the same. Attributes that read well are
    /// constants of the driver, others may become readable.
    [[nodiscard]] bool isFinal() const {
        return entry && entry->faults.empty() && anomalies.empty();
    }
};

/// Reads the entry of this name in a class folder, whose name on the host is /sys/class/className.
/// Chips inside a SoC are no PCIe devices and give nothing.
ClassEntryReading
readClassEntry(const Folder& folder, std::string_view className, const std::string& name);

} // namespace hdp::hotplug
