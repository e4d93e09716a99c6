// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/event_text.hpp"

#include <sstream>

namespace hdp::testing {

namespace {

std::string describe(const v1beta1::Device& device) {
    std::string text = device.id() + ' ' + device.health();
    for (const auto& node : device.topology().nodes()) {
        text += " NUMA " + std::to_string(node.id());
    }
    return text;
}

std::string describe(const v1beta1::ListAndWatchResponse& list) {
    std::string text;
    for (const auto& device : list.devices()) {
        text += (text.empty() ? "" : ", ") + describe(device);
    }
    return text.empty() ? "no devices" : text;
}

std::string subject(const Event& event) {
    switch (event.kind) {
    case Event::Kind::Started:
        return "kubelet started, listens on " + event.text;
    case Event::Kind::Killed:
        return "kubelet killed, its socket stays behind";
    case Event::Kind::Registered:
        return event.resource + " registered at " + event.text;
    case Event::Kind::Refused:
        return event.resource + " refused: " + event.text;
    case Event::Kind::ListReceived:
        return event.resource + " lists " + describe(event.list);
    case Event::Kind::StreamEnded:
        return event.resource + " stream ended: " + event.text;
    case Event::Kind::Panicked:
        return "a real kubelet would be dead now: " + event.text;
    }
    return {};
}

bool changesCapacity(const Event& event) {
    return event.kind == Event::Kind::ListReceived || event.kind == Event::Kind::StreamEnded;
}

} // namespace

std::string describe(const Event& event) {
    std::ostringstream line;
    line << subject(event);
    if (changesCapacity(event)) {
        line << " (" << event.capacity << ')';
    }
    return line.str();
}

std::string describe(const Allocation& allocation) {
    std::ostringstream text;
    if (!allocation.admitted()) {
        text << "rejected: Allocate failed due to " << allocation.error << ", which is unexpected";
        return text.str();
    }
    text << (allocation.replayed ? "has already" : "allocated");
    for (const auto& id : allocation.deviceIds) {
        text << ' ' << id;
    }
    const auto& response = allocation.response;
    for (const auto& [key, value] : response.envs()) {
        text << "\n  env " << key << '=' << value;
    }
    for (const auto& mount : response.mounts()) {
        text << "\n  mount " << mount.host_path() << " -> " << mount.container_path()
             << (mount.read_only() ? " (read-only)" : "");
    }
    for (const auto& device : response.devices()) {
        text << "\n  device " << device.host_path() << " -> " << device.container_path() << " ("
             << device.permissions() << ')';
    }
    for (const auto& [key, value] : response.annotations()) {
        text << "\n  annotation " << key << '=' << value;
    }
    for (const auto& device : response.cdi_devices()) {
        text << "\n  cdi " << device.name();
    }
    return text.str();
}

} // namespace hdp::testing
