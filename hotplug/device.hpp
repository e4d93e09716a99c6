// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/pci_address.hpp"
#include "hotplug/pci_id.hpp"
#include "hotplug/problem.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hdp::hotplug {

/// What the kernel finds the driver of a device node by.
struct DeviceNumber {
    unsigned major = 0;
    unsigned minor = 0;

    friend bool operator==(const DeviceNumber&, const DeviceNumber&) = default;
};

/// The character device that the Hailo driver made for a chip.
struct ClassDevice {
    std::string name;                    ///< "hailo0" or "h1x-0"; also the name of the node in /dev
    std::string classFolder;             ///< "hailo_chardev" or "hailo1x", below /sys/class
    std::filesystem::path sysPath;       ///< its folder on the host: /sys/devices/…/hailo0
    std::optional<DeviceNumber> number;  ///< attribute dev; absent where it could not be read
    std::optional<std::string> deviceId; ///< attribute device_id, as read
    std::optional<std::string> boardLocation;   ///< attribute board_location, up to driver 5.2
    std::optional<std::string> acceleratorType; ///< attribute accelerator_type, drivers 4.18 to 5.2

    friend bool operator==(const ClassDevice&, const ClassDevice&) = default;
};

/// What a device without hardware is called, and which of them it is.
struct SimulatedName {
    std::string id; ///< "simulated-node1-0"
    std::uint32_t index = 0;

    friend bool operator==(const SimulatedName&, const SimulatedName&) = default;
};

/// One Hailo chip as the host shows it at one moment. A plain value; equal means nothing changed.
struct Device {
    PciAddress address;
    PciId id;
    std::string model;
    bool isBeingIdentified = false;    ///< the model may become another within seconds
    std::optional<int> numaNode;       ///< absent where the kernel says -1: no affinity known
    std::vector<PciAddress> upstream;  ///< bridges from the root port down to the chip's own port
    std::optional<std::string> driver; ///< name of the bound PCI driver
    std::optional<std::string> driverVersion; ///< /sys/…/driver/module/version
    std::optional<ClassDevice> classDevice;   ///< absent: no container can use the chip
    std::vector<Problem> problems;            ///< empty: the chip is fine
    std::optional<SimulatedName>
        simulated{}; ///< present: there is no hardware, and no such address

    friend bool operator==(const Device&, const Device&) = default;
};

} // namespace hdp::hotplug
