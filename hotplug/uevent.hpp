// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

struct udev_device;

namespace hdp::hotplug {

/// What of one uevent matters here, in the kernel's words. What it does not say is empty or absent.
struct Uevent {
    std::string action;                 ///< "add", "change" and so on
    std::string subsystem;              ///< "pci" or a class of a Hailo driver
    std::string deviceName;             ///< the last part of DEVPATH: "0000:01:00.0" or "hailo0"
    std::optional<std::string> pciId{}; ///< PCI_ID: "1E60:2864"
    std::optional<std::string> errorEvent{}; ///< ERROR_EVENT: "FAILED_RECOVERY" and so on
    std::uint64_t sequence = 0;              ///< SEQNUM

    friend bool operator==(const Uevent&, const Uevent&) = default;
};

Uevent ueventOf(udev_device& device);

/// Whether the event may concern a Hailo chip: its PCI function, its class device, or an error on
/// any PCI function, because the kernel reports a chip's failed recovery on the bridge above it.
bool isRelevant(const Uevent& event);

} // namespace hdp::hotplug
