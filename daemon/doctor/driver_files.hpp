// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/doctor/patient.hpp"
#include "hotplug/pci_id.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hdp::doctor {

/// What of a kernel module the host has.
struct ModuleState {
    bool isLoaded = false;
    std::string version{};       ///< of a loaded one; empty if it does not tell
    bool isInstalled = true;     ///< for the running kernel; also true where that cannot be read
    std::string kernel{};        ///< the running one: "6.1.0-18-amd64"
    std::string blacklistedIn{}; ///< "/etc/modprobe.d/x.conf"; empty if it is not
};

ModuleState stateOf(const std::string& module, const Patient& patient);

/// The modules whose drivers bind this id, those of the youngest driver first, each once.
std::vector<std::string> modulesFor(const hotplug::PciId& id);

/// Where the driver looks for the firmware of a chip, below /lib/firmware: a file, or a folder for
/// chips that boot in stages (pcie_common.c of driver 4.23.0 and 5.3.0). Empty for an unknown id.
std::string firmwareOf(const hotplug::PciId& id);

/// Whether the firmware is there, plain or compressed.
bool hasFirmware(const std::string& name, const Patient& patient);

} // namespace hdp::doctor
