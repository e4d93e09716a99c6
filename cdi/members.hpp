// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec.hpp"

#include <concepts>
#include <type_traits>

/// The names of all members of a CDI file, once for reading, writing and checking, in the order in
/// which SPEC.md lists them. visitMembers() calls visitor.required(name, member) for what must be
/// there, visitor.optional(name, member) for the rest. cdiVersion is not among them.
namespace hdp::cdi {

template <class T, class Plain>
concept Is = std::same_as<std::remove_const_t<T>, Plain>;

void visitMembers(Is<DeviceNode> auto& node, auto& visitor) {
    visitor.required("path", node.path);
    visitor.optional("hostPath", node.hostPath);
    visitor.optional("type", node.type);
    visitor.optional("major", node.major);
    visitor.optional("minor", node.minor);
    visitor.optional("fileMode", node.fileMode);
    visitor.optional("permissions", node.permissions);
    visitor.optional("uid", node.uid);
    visitor.optional("gid", node.gid);
}

void visitMembers(Is<Mount> auto& mount, auto& visitor) {
    visitor.required("hostPath", mount.hostPath);
    visitor.required("containerPath", mount.containerPath);
    visitor.optional("type", mount.type);
    visitor.optional("options", mount.options);
}

void visitMembers(Is<Hook> auto& hook, auto& visitor) {
    visitor.required("hookName", hook.hookName);
    visitor.required("path", hook.path);
    visitor.optional("args", hook.args);
    visitor.optional("env", hook.env);
    visitor.optional("timeout", hook.timeout);
}

void visitMembers(Is<IntelRdt> auto& rdt, auto& visitor) {
    visitor.optional("closID", rdt.closID);
    visitor.optional("l3CacheSchema", rdt.l3CacheSchema);
    visitor.optional("memBwSchema", rdt.memBwSchema);
    visitor.optional("schemata", rdt.schemata);
    visitor.optional("enableMonitoring", rdt.enableMonitoring);
}

void visitMembers(Is<NetDevice> auto& device, auto& visitor) {
    visitor.required("hostInterfaceName", device.hostInterfaceName);
    visitor.required("name", device.name);
}

void visitMembers(Is<ContainerEdits> auto& edits, auto& visitor) {
    visitor.optional("env", edits.env);
    visitor.optional("deviceNodes", edits.deviceNodes);
    visitor.optional("mounts", edits.mounts);
    visitor.optional("hooks", edits.hooks);
    visitor.optional("additionalGids", edits.additionalGids);
    visitor.optional("intelRdt", edits.intelRdt);
    visitor.optional("netDevices", edits.netDevices);
}

void visitMembers(Is<Device> auto& device, auto& visitor) {
    visitor.required("name", device.name);
    visitor.optional("annotations", device.annotations);
    visitor.optional("containerEdits", device.containerEdits);
}

void visitMembers(Is<Spec> auto& spec, auto& visitor) {
    visitor.required("kind", spec.kind);
    visitor.optional("annotations", spec.annotations);
    visitor.optional("containerEdits", spec.containerEdits);
    visitor.required("devices", spec.devices);
}

template <class T>
concept HasMembers = Is<T, DeviceNode> || Is<T, Mount> || Is<T, Hook> || Is<T, IntelRdt> ||
    Is<T, NetDevice> || Is<T, ContainerEdits> || Is<T, Device> || Is<T, Spec>;

} // namespace hdp::cdi
