// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"
#include "hotplug/driver_generation.hpp"
#include "hotplug/pci_address.hpp"
#include "tests/support/fixture.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {

/// The row of the driver table that the version falls into; throws std::invalid_argument if none
/// does.
const hotplug::DriverGeneration& generationOf(std::string_view version);

/// A chip that does not exist, as a driver of one generation would show it.
struct MockChip {
    hotplug::PciAddress address{0, 1, 0, 0};
    std::string driverVersion = "4.23.0";
    unsigned index = 0;                                         ///< the N of hailoN
    int numaNode = -1;                                          ///< as sysfs has it
    std::vector<hotplug::PciAddress> upstream{{0, 0, 0x1c, 0}}; ///< bridges, root port first
    std::optional<std::uint16_t> deviceId = std::nullopt; ///< else the first that the driver binds
    bool isBound = true;                                  ///< else no driver took it
    std::optional<hotplug::DeviceNumber> number = std::nullopt; ///< else one that nothing answers

    [[nodiscard]] const hotplug::DriverGeneration& generation() const;
    [[nodiscard]] hotplug::PciId id() const;
    [[nodiscard]] MockModule module() const;

    /// Of its node. Two drivers never share a major number.
    [[nodiscard]] hotplug::DeviceNumber nodeNumber() const;

    /// "hailo0" or "h1x-0".
    [[nodiscard]] std::string nodeName() const;

    /// Where its PCI function, its class device and its bridges are: "/sys/devices/…".
    [[nodiscard]] std::string pciPath() const;
    [[nodiscard]] std::string classPath() const;
    [[nodiscard]] std::vector<std::string> bridgePaths() const;

    /// Their descriptions in umockdev's format.
    [[nodiscard]] std::string pciBlock() const;
    [[nodiscard]] std::string classBlock() const;
    [[nodiscard]] std::vector<std::string> bridgeBlocks() const;
};

/// Bridges, PCI function and, if bound, module and class device of every chip. To materialise or to
/// load.
Fixture fixtureOf(const std::vector<MockChip>& chips);

} // namespace hdp::testing
