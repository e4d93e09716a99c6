// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/transition.hpp"

#include <optional>

namespace hdp {

namespace {

std::optional<hotplug::Reason> reasonOf(const DeviceStatus& status) {
    const auto* problem = status.mainProblem();
    return problem == nullptr ? std::nullopt : std::optional{problem->reason};
}

std::string nodeOf(const DeviceStatus& status) {
    const auto& classDevice = status.device.classDevice;
    return classDevice ? classDevice->name : std::string{};
}

bool differs(const DeviceStatus& before, const DeviceStatus& after) {
    return before.health != after.health || reasonOf(before) != reasonOf(after) ||
           nodeOf(before) != nodeOf(after) ||
           before.device.driverVersion != after.device.driverVersion;
}

std::string subjectOf(const DeviceStatus& status) {
    auto subject =
        status.device.model + (status.device.simulated ? " device " : " at ") + status.id;
    if (status.device.classDevice) {
        subject += " (/dev/" + nodeOf(status) + ")";
    }
    if (status.device.driverVersion) {
        subject += ", driver " + *status.device.driver + " " + *status.device.driverVersion + ",";
    }
    return subject;
}

} // namespace

std::vector<Transition> transitions(const Inventory& before, const Inventory& after) {
    std::vector<Transition> changed;
    for (const auto& status : after.devices) {
        const auto* known = before.find(status.id);
        if (known == nullptr || differs(*known, status)) {
            changed.push_back({known, &status});
        }
    }
    return changed;
}

std::string sentenceOf(const Transition& transition) {
    const auto& after = *transition.after;
    auto sentence = subjectOf(after) + " is " + std::string{nameOf(after.health)};
    if (const auto* problem = after.mainProblem(); problem != nullptr) {
        sentence += ": " + problem->sentence;
    }
    return sentence;
}

} // namespace hdp
