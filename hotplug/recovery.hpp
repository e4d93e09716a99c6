// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/pci_address.hpp"

#include <cstdint>
#include <optional>

namespace hdp::hotplug {

struct Uevent;

/// Whether a chip works again, of which nothing in sysfs tells afterwards: how the kernel's attempt
/// to recover from an error of PCIe ended (AER, pci_uevent_ers of Linux), or that a driver took the
/// chip and so set it up anew ("bind", Linux 4.14 and later).
struct Recovery {
    enum class End { Failed, Succeeded, BoundAnew };

    PciAddress address; ///< a chip, or a bridge above one
    End end = End::Failed;
    /// The kernel's number of the event, which rises (SEQNUM). udevd keeps the order of events of
    /// one device, of what is above it and of what is below it, but of no others.
    std::uint64_t sequence = 0;

    friend bool operator==(const Recovery&, const Recovery&) = default;
};

/// The recovery that the event tells of. Only relevant events tell of one.
std::optional<Recovery> recoveryOf(const Uevent& event);

} // namespace hdp::hotplug
