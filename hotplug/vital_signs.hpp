// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/pci_address.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace hdp::hotplug {

/// A chip's PCIe link as it was negotiated, beside the best that both of its ends can do. A slot
/// with one lane is no fault of the chip in it. Widths are lanes, speeds are megatransfers per
/// second and lane; a zero was not told.
struct PcieLink {
    unsigned width = 0; ///< zero here: the link is down
    unsigned speed = 0; ///< zero here: the link is down
    unsigned bestWidth = 0;
    unsigned bestSpeed = 0;

    [[nodiscard]] bool isDown() const { return width == 0 || speed == 0; }

    friend bool operator==(const PcieLink&, const PcieLink&) = default;
};

/// Errors of PCIe that the kernel counted for the chip since it is on the bus
/// (Documentation/ABI/testing/sysfs-bus-pci-devices-aer_stats).
struct AerCounts {
    std::uint64_t correctable = 0;
    std::uint64_t nonFatal = 0;
    std::uint64_t fatal = 0;

    friend bool operator==(const AerCounts&, const AerCounts&) = default;
};

/// What has no event and is therefore asked for: how a chip's PCI function answers.
struct VitalSigns {
    bool isConfigSpaceDead = false;    ///< the first four bytes read all ones
    std::optional<PcieLink> link{};    ///< absent where the kernel cannot tell
    std::optional<AerCounts> errors{}; ///< absent where the kernel does not count
    std::string powerState{};          ///< "D0", "D3hot" and so on; empty before Linux 5.11

    friend bool operator==(const VitalSigns&, const VitalSigns&) = default;
};

/// Asks the chip itself, without opening its device node: config space and link are read from the
/// hardware, which wakes the bridge above it, and on a dying bus the answer may never come. So this
/// is for a process that may hang, and not for the loop. Nothing if there is no such function.
std::optional<VitalSigns> readVitalSigns(const std::filesystem::path& sysRoot,
                                         const PciAddress& address);

} // namespace hdp::hotplug
