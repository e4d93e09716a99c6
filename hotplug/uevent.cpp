// SPDX-License-Identifier: Apache-2.0
#include "hotplug/uevent.hpp"

#include "hotplug/driver_generation.hpp"

#include <algorithm>

#include <libudev.h>

namespace hdp::hotplug {

namespace {

std::string textOf(const char* text) {
    return text == nullptr ? "" : text;
}

std::optional<std::string> propertyOf(udev_device& device, const char* name) {
    const char* value = udev_device_get_property_value(&device, name);
    return value == nullptr ? std::nullopt : std::optional<std::string>{value};
}

bool isPciError(const Uevent& event) {
    return event.subsystem == "pci" && event.action == "change" && event.errorEvent;
}

} // namespace

Uevent ueventOf(udev_device& device) {
    return {textOf(udev_device_get_action(&device)),  textOf(udev_device_get_subsystem(&device)),
            textOf(udev_device_get_sysname(&device)), propertyOf(device, "PCI_ID"),
            propertyOf(device, "ERROR_EVENT"),        udev_device_get_seqnum(&device)};
}

bool isRelevant(const Uevent& event) {
    if (event.subsystem == "pci") {
        return !event.pciId || event.pciId->starts_with("1E60:") || isPciError(event);
    }
    const auto folders = classFolders();
    return std::ranges::find(folders, event.subsystem) != folders.end();
}

} // namespace hdp::hotplug
