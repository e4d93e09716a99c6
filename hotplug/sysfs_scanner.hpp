// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/class_folder.hpp"
#include "hotplug/device.hpp"
#include "hotplug/pci_bus.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::hotplug {

/// What one look at the host found.
struct Scan {
    std::vector<Device> devices;        ///< sorted by address, each address once
    std::vector<std::string> anomalies; ///< sentences about entries that belong to no chip, sorted

    friend bool operator==(const Scan&, const Scan&) = default;
};

/// Finds the Hailo chips of a machine by joining the PCI functions of vendor 0x1e60 with the class
/// devices of every driver generation. Never opens a device node, because on an idle chip that
/// cycles power states and interrupts, and reads only what the kernel holds in memory
/// (readVitalSigns asks the hardware). Reads of sysfs are bounded in size, and what cannot change
/// while its folder exists is read once. Chips inside a SoC (hailo_integrated_nnc, h1x) are not
/// PCIe devices and are skipped.
class SysfsScanner {
  public:
    /// sysRoot is where sysfs is seen, "/sys". devRoot is where the host's device nodes are seen,
    /// "/dev"; an empty devRoot means they are not seen, as in a pod, and nodes are then not
    /// checked. Paths in the result are always the host's own.
    SysfsScanner(const std::filesystem::path& sysRoot, std::filesystem::path devRoot);

    /// Missing folders are no error: they mean that there is nothing. Throws std::bad_alloc, and
    /// std::system_error when there is no descriptor left to look with.
    [[nodiscard]] Scan scan();

    /// Makes the next scan read everything again, even what should not change.
    void forget();

  private:
    std::vector<ClassEntry> readClassFolders(std::vector<std::string>& anomalies);

    PciBus bus_;
    std::vector<ClassFolder> classFolders_;
    std::filesystem::path devRoot_;
};

} // namespace hdp::hotplug
