// SPDX-License-Identifier: Apache-2.0
#include "hotplug/recovery.hpp"

#include "hotplug/uevent.hpp"

namespace hdp::hotplug {

namespace {

std::optional<Recovery::End> endOf(const Uevent& event) {
    if (event.action == "bind") {
        return Recovery::End::BoundAnew;
    }
    if (event.action == "change" && event.errorEvent == "FAILED_RECOVERY") {
        return Recovery::End::Failed;
    }
    if (event.action == "change" && event.errorEvent == "SUCCESSFUL_RECOVERY") {
        return Recovery::End::Succeeded;
    }
    return std::nullopt;
}

} // namespace

std::optional<Recovery> recoveryOf(const Uevent& event) {
    const auto address = parsePciAddress(event.deviceName);
    const auto end = endOf(event);
    if (event.subsystem != "pci" || !isRelevant(event) || !address || !end) {
        return std::nullopt;
    }
    return Recovery{*address, *end, event.sequence};
}

} // namespace hdp::hotplug
