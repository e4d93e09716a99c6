// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/cdi_devices.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace hdp {

namespace {

cdi::DeviceNode nodeOf(const hotplug::ClassDevice& device, const CdiExtras& extras) {
    cdi::DeviceNode node;
    node.path = "/dev/" + device.name;
    node.type = "c";
    node.major = device.number->major;
    node.minor = device.number->minor;
    node.fileMode = extras.nodeMode;
    node.gid = extras.nodeGroup;
    node.permissions = extras.permissions;
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

cdi::Mount bindOf(const ContainerMount& mount) {
    return {mount.hostPath.string(),
            mount.containerPath.string(),
            {mount.readOnly ? "ro" : "rw", "nosuid", "nodev", "bind"},
            {}};
}

std::string assignment(const std::string& name, const std::string& value) {
    return name + "=" + value;
}

void add(const ContainerExtras& extras, cdi::ContainerEdits& edits) {
    for (const auto& [name, value] : extras.env) {
        edits.env.push_back(assignment(name, value));
    }
    std::ranges::transform(extras.mounts, std::back_inserter(edits.mounts), bindOf);
}

cdi::ContainerEdits editsFor(const hotplug::ClassDevice& device, const CdiExtras& extras) {
    cdi::ContainerEdits edits;
    edits.deviceNodes.push_back(nodeOf(device, extras));
    edits.mounts.push_back(emptyClassFolder(device));
    edits.mounts.push_back(ownSysfsFolder(device));
    return edits;
}

cdi::ContainerEdits editsFor(const hotplug::SimulatedName& device, const CdiExtras& extras) {
    cdi::ContainerEdits edits;
    for (const auto& [name, value] : environmentOf(extras.simulation, device.index)) {
        edits.env.push_back(assignment(name, value));
    }
    if (auto path = nodePathOf(extras.simulation, device.index); !path.empty()) {
        cdi::DeviceNode node; // what kind of node it is, the runtime sees on the host
        node.path = std::move(path);
        node.permissions = extras.permissions;
        edits.deviceNodes.push_back(std::move(node));
    }
    return edits;
}

/// What a container needs for the chip; nothing while nobody knows.
std::optional<cdi::ContainerEdits> editsFor(const DeviceStatus& status, const CdiExtras& extras) {
    const auto& device = status.device;
    if (device.simulated) {
        return isTombstone(status) ? std::nullopt
                                   : std::optional{editsFor(*device.simulated, extras)};
    }
    const bool isKnown = device.classDevice && device.classDevice->number;
    return isKnown ? std::optional{editsFor(*device.classDevice, extras)} : std::nullopt;
}

/// What several devices bring together: each variable once, one mount for a path.
class Union {
  public:
    void add(const cdi::ContainerEdits& edits) {
        const auto isNew = [this](const std::string& each) { return env_.insert(each).second; };
        std::ranges::copy_if(edits.env, std::back_inserter(edits_.env), isNew);
        std::ranges::copy(edits.deviceNodes, std::back_inserter(edits_.deviceNodes));
        const auto isFirst = [this](const auto& mount) {
            return paths_.insert(mount.containerPath).second;
        };
        std::ranges::copy_if(edits.mounts, std::back_inserter(edits_.mounts), isFirst);
    }

    [[nodiscard]] cdi::ContainerEdits take() && { return std::move(edits_); }

  private:
    cdi::ContainerEdits edits_;
    std::unordered_set<std::string> env_;
    std::unordered_set<std::string> paths_; ///< in the container
};

/// The library for a chip; none if there is none of its driver's version.
ContainerExtras libraryFor(const hotplug::Device& device, const CdiExtras& extras) {
    const auto found = extras.libraries.find(device.driverVersion.value_or(""));
    return found == extras.libraries.end() ? ContainerExtras{} : found->second;
}

void addLibrary(const std::vector<ContainerExtras>& libraries, cdi::ContainerEdits& edits) {
    const auto differs = [&libraries](const auto& each) { return each != libraries.front(); };
    if (!libraries.empty() && std::ranges::none_of(libraries, differs)) {
        add(libraries.front(), edits);
    }
}

} // namespace

std::optional<cdi::Spec>
cdiSpecOf(const Inventory& inventory, std::string_view kind, const CdiExtras& extras) {
    cdi::Spec spec;
    spec.kind = kind;
    add(extras.common, spec.containerEdits);
    Union healthy;
    std::vector<ContainerExtras> libraries;
    for (const auto& status : inventory.devices) {
        auto edits = editsFor(status, extras);
        if (!edits) {
            continue;
        }
        const auto library = libraryFor(status.device, extras);
        if (status.health == Health::Healthy) {
            healthy.add(*edits);
            libraries.push_back(library);
        }
        add(library, *edits);
        spec.devices.push_back({status.id, {}, *std::move(edits)});
    }
    if (spec.devices.empty()) {
        return std::nullopt;
    }
    cdi::Device all{"all", {}, std::move(healthy).take()};
    if (!all.containerEdits.empty()) {
        addLibrary(libraries, all.containerEdits);
        spec.devices.push_back(std::move(all));
    }
    return spec;
}

} // namespace hdp
