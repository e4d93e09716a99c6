// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hdp::hotplug {

/// What can be wrong with a chip. The name of each is an interface: logs, metrics and tools match
/// on it.
enum class Reason {
    Removed,              ///< the PCI function is gone from the bus
    DriverNotBound,       ///< on the bus, but no driver took it: module or firmware is missing
    ForeignDriver,        ///< a driver that is not Hailo's took it, vfio-pci for example
    ClassDeviceMissing,   ///< Hailo's driver took it and offers no class device
    ClassDeviceAmbiguous, ///< several class devices claim its address
    PciFunctionMissing,   ///< a class device claims an address that is not on the bus
    AttributeUnreadable,  ///< an attribute without which the chip cannot be used is bad
    NodeMissing,          ///< the device node does not exist
    NodeNotADevice,       ///< something that is not a character device has the node's name
    NodeMismatch,         ///< the node belongs to another device number than sysfs says
    ConfigSpaceDead,      ///< config space reads all ones: the chip does not answer
    NotResponding,        ///< what the kernel asked the chip was not answered in time
    LinkDown,             ///< the PCIe link has no lanes or no speed
    LinkDegraded,         ///< the link is narrower or slower than both of its ends can do
    AerFatal,             ///< the kernel counted fatal PCIe errors lately
    AerNonFatal,          ///< the kernel counted uncorrectable but not fatal PCIe errors lately
    RecoveryFailed,       ///< the kernel gave up to recover the chip after a PCIe error
    PowerState,           ///< a power state in which no chip should be
    WideDomain,           ///< the PCI domain needs more than 16 bits, which HailoRT cannot address
    Simulated,            ///< there is no chip, and the settings want this one to look broken
};

/// Unusable chips are Unhealthy for the kubelet. Degraded chips stay allocatable; people are told.
enum class Severity { Degraded, Unusable };

/// Lower-case words joined by dashes: "driver-not-bound".
std::string_view nameOf(Reason reason);

Severity severityOf(Reason reason);

/// One thing that is wrong with one chip. The sentence names the object, the cause and the remedy.
struct Problem {
    Reason reason = Reason::Removed;
    std::string sentence;

    friend bool operator==(const Problem&, const Problem&) = default;
};

} // namespace hdp::hotplug
