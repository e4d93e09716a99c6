// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/pci_id.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hdp::hotplug {

/// What one range of Hailo PCIe driver versions puts on the host. The rows were read from the
/// sources of hailort-drivers v4.17.0 to v4.23.0 and v5.0.0 to v5.3.0.
struct DriverGeneration {
    std::string_view firstVersion;
    std::string_view lastVersion;
    std::string_view module;           ///< /sys/module/<module>
    std::string_view pciDriver;        ///< /sys/bus/pci/drivers/<pciDriver>
    std::string_view classFolder;      ///< /sys/class/<classFolder>
    std::string_view nodePrefix;       ///< /dev/<nodePrefix>N
    std::string_view addressAttribute; ///< attribute of the class device that holds the PCI address
    bool hasAcceleratorType = false;   ///< attribute accelerator_type exists
    bool hasPciParent = false;         ///< the class device sits below its PCI function
    std::span<const std::uint16_t> deviceIds; ///< PCI device ids that the driver binds
};

/// All known generations, oldest first.
std::span<const DriverGeneration> driverGenerations();

/// The class folders of all generations, each once.
std::span<const std::string_view> classFolders();

/// True for the PCI driver names of all generations: "hailo" and "hailo1x".
bool isHailoDriver(std::string_view pciDriver);

/// The generations whose driver binds this id, oldest first; empty for an unknown id.
std::vector<const DriverGeneration*> generationsFor(const PciId& id);

/// The generation that a driver of this version, "4.23.0", belongs to; null for a version that no
/// row has, younger ones for example.
const DriverGeneration* generationOf(std::string_view version);

} // namespace hdp::hotplug
