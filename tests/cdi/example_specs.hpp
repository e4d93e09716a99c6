// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec.hpp"

#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {

/// The least that is valid: one device with one variable. Needs no more than 0.3.0.
inline cdi::Spec leastSpec() {
    cdi::Spec spec;
    spec.kind = "hailo.ai/device";
    spec.devices.push_back({"chip", {}, {}});
    spec.devices[0].containerEdits.env = {"A=b"};
    return spec;
}

/// A valid spec that uses every member of the format.
inline cdi::Spec fullSpec() {
    cdi::Spec spec = leastSpec();
    spec.annotations = {{"hailo.ai/Driver", "4.20.0"}, {"note", "caf\xC3\xA9"}};
    spec.containerEdits.env = {"HAILO_COUNT=1", "EMPTY="};
    cdi::Device& device = spec.devices[0];
    device.name = "0000:01:00.0";
    device.annotations = {{"model", "hailo-8"}};
    cdi::ContainerEdits& edits = device.containerEdits;
    edits.deviceNodes = {{"/dev/hailo0", "/dev/hailo7", "c", 511, 7, 0660, "rwm", 0, 4294967295U}};
    edits.netDevices = {{"eth7", "eth0"}, {"eth8", "eth1"}};
    edits.hooks = {{"createContainer", "/bin/hook", {"hook", "x"}, {"B=c"}, 5}};
    edits.mounts = {{"tmpfs", "/sys/class/x", {"nosuid"}, "tmpfs"}, {"/a", "/b", {"bind"}, ""}};
    edits.intelRdt = cdi::IntelRdt{"gold", "L3:0=f", "MB:0=70", {"L2:0=3"}, true};
    edits.additionalGids = {0, 44};
    return spec;
}

/// Where one chip of an imaginary machine is.
struct ExampleChip {
    std::string address;
    std::string rootPort;
    int index = 0;
};

inline void addChip(cdi::ContainerEdits& edits, const ExampleChip& chip) {
    const std::string name = "hailo" + std::to_string(chip.index);
    cdi::DeviceNode node;
    node.path = "/dev/" + name;
    node.type = "c";
    node.major = 511;
    node.minor = chip.index;
    node.fileMode = 0666;
    node.permissions = "rw";
    edits.deviceNodes.push_back(std::move(node));
    edits.mounts.push_back(
        {"/sys/devices/pci0000:00/" + chip.rootPort + "/" + chip.address + "/hailo_chardev/" + name,
         "/sys/class/hailo_chardev/" + name,
         {"ro", "nosuid", "nodev", "noexec", "bind"},
         ""});
}

inline cdi::Device deviceOf(std::string name, const std::vector<ExampleChip>& chips) {
    cdi::Device device{std::move(name), {}, {}};
    device.containerEdits.mounts.push_back({"tmpfs",
                                            "/sys/class/hailo_chardev",
                                            {"nosuid", "nodev", "noexec", "mode=0755", "size=64k"},
                                            "tmpfs"});
    for (const ExampleChip& chip : chips) {
        addChip(device.containerEdits, chip);
    }
    return device;
}

/// Two chips and "all", each with a view of the sysfs class that holds its chips only:
/// golden/two_chips.json.
inline cdi::Spec twoChips() {
    const ExampleChip first{"0000:01:00.0", "0000:00:1c.0", 0};
    const ExampleChip second{"0000:02:00.0", "0000:00:1d.0", 1};
    cdi::Spec spec;
    spec.kind = "hailo.ai/device";
    spec.devices = {deviceOf(first.address, {first}), deviceOf(second.address, {second}),
                    deviceOf("all", {first, second})};
    return spec;
}

} // namespace hdp::testing
