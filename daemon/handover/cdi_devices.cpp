// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/cdi_devices.hpp"

#include <algorithm>
#include <utility>

namespace hdp {

namespace {

// What Hailo's udev rule gives the node on the host: a container's user need not be root.
constexpr std::uint32_t nodeMode = 0666;

cdi::DeviceNode nodeOf(const hotplug::ClassDevice& device) {
    cdi::DeviceNode node;
    node.path = "/dev/" + device.name;
    node.type = "c";
    node.major = device.number->major;
    node.minor = device.number->minor;
    node.fileMode = nodeMode;
    node.permissions = "rw";
    return node;
}

cdi::Mount emptyClassFolder(const hotplug::ClassDevice& device) {
    return {"tmpfs",
            "/sys/class/" + device.classFolder,
            {"nosuid", "nodev", "noexec", "mode=0755", "size=64k"},
            "tmpfs"};
}

cdi::Mount ownSysfsFolder(const hotplug::ClassDevice& device) {
    return {device.sysPath.string(),
            "/sys/class/" + device.classFolder + "/" + device.name,
            {"ro", "nosuid", "nodev", "noexec", "bind"},
            {}};
}

cdi::ContainerEdits editsFor(const hotplug::ClassDevice& device) {
    cdi::ContainerEdits edits;
    edits.deviceNodes.push_back(nodeOf(device));
    edits.mounts.push_back(emptyClassFolder(device));
    edits.mounts.push_back(ownSysfsFolder(device));
    return edits;
}

void add(cdi::ContainerEdits& all, const cdi::ContainerEdits& edits) {
    all.deviceNodes.insert(all.deviceNodes.end(), edits.deviceNodes.begin(),
                           edits.deviceNodes.end());
    for (const auto& mount : edits.mounts) {
        if (std::ranges::find(all.mounts, mount.containerPath, &cdi::Mount::containerPath) ==
            all.mounts.end()) {
            all.mounts.push_back(mount);
        }
    }
}

} // namespace

std::optional<cdi::Spec> cdiSpecOf(const Inventory& inventory, std::string_view kind) {
    cdi::Spec spec;
    spec.kind = kind;
    cdi::Device all{"all", {}, {}};
    for (const auto& status : inventory.devices) {
        const auto& classDevice = status.device.classDevice;
        if (!classDevice || !classDevice->number) {
            continue;
        }
        auto edits = editsFor(*classDevice);
        if (status.health == Health::Healthy) {
            add(all.containerEdits, edits);
        }
        spec.devices.push_back({status.id, {}, std::move(edits)});
    }
    if (spec.devices.empty()) {
        return std::nullopt;
    }
    if (!all.containerEdits.empty()) {
        spec.devices.push_back(std::move(all));
    }
    return spec;
}

} // namespace hdp
