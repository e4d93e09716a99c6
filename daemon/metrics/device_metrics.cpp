// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/device_metrics.hpp"

#include "daemon/metrics/catalogue.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace hdp::metrics {

namespace {

constexpr std::uint64_t transfersPerMegatransfer = 1'000'000;

std::string reasonOf(const DeviceStatus& status) {
    const auto* problem = status.mainProblem();
    return problem == nullptr ? "none" : std::string{nameOf(problem->reason)};
}

/// Also combinations that were there and are not any more would be wrong as 0 for ever, so only
/// those that are true are told, and for each resource that there is no healthy chip.
void addCounts(Exposition& exposition, const status::Facts& facts) {
    std::map<Exposition::Labels, std::size_t> counts;
    for (const auto& resource : facts.resources) {
        counts[{resource.name, std::string{nameOf(Health::Healthy)}, "none"}] = 0;
    }
    for (const auto& status : facts.inventory->devices) {
        ++counts[{status.resource, std::string{nameOf(status.health)}, reasonOf(status)}];
    }
    for (const auto& [labels, count] : counts) {
        exposition.set(catalogue::devices, labels, count);
    }
}

void addDevice(Exposition& exposition, const DeviceStatus& status) {
    const auto& device = status.device;
    exposition.set(catalogue::deviceHealthy, {status.id, status.resource},
                   status.health == Health::Healthy ? 1 : 0);
    exposition.set(catalogue::deviceInfo,
                   {status.id, status.resource, device.model,
                    device.classDevice ? device.classDevice->name : "", device.driver.value_or(""),
                    device.driverVersion.value_or(""),
                    device.numaNode ? std::to_string(*device.numaNode) : ""},
                   1);
    for (const auto& problem : device.problems) {
        exposition.set(catalogue::deviceProblem, {status.id, std::string{nameOf(problem.reason)}},
                       1);
    }
}

void addLink(Exposition& exposition, const std::string& id, const hotplug::PcieLink& link) {
    exposition.set(catalogue::linkWidth, {id}, link.width);
    exposition.set(catalogue::linkSpeed, {id}, link.speed * transfersPerMegatransfer);
    if (link.bestWidth != 0) {
        exposition.set(catalogue::linkBestWidth, {id}, link.bestWidth);
    }
    if (link.bestSpeed != 0) {
        exposition.set(catalogue::linkBestSpeed, {id}, link.bestSpeed * transfersPerMegatransfer);
    }
}

void addSigns(Exposition& exposition, const std::string& id, const hotplug::VitalSigns& signs) {
    if (signs.link) {
        addLink(exposition, id, *signs.link);
    }
    if (signs.errors) {
        exposition.set(catalogue::pcieErrors, {id, "correctable"}, signs.errors->correctable);
        exposition.set(catalogue::pcieErrors, {id, "nonfatal"}, signs.errors->nonFatal);
        exposition.set(catalogue::pcieErrors, {id, "fatal"}, signs.errors->fatal);
    }
}

/// Of chips that are listed; a pod may hold one that is not any more.
void addUse(Exposition& exposition, const status::Facts& facts) {
    for (const auto& status : facts.inventory->devices) {
        exposition.set(catalogue::deviceInUse, {status.id, status.resource}, 0);
    }
    for (const auto& holding : *facts.holdings) {
        const auto* status = facts.inventory->find(holding.id);
        if (status == nullptr) {
            continue;
        }
        exposition.set(catalogue::deviceInUse, {status->id, status->resource}, 1);
        if (facts.namesPods) {
            exposition.set(catalogue::devicePod,
                           {status->id, status->resource, holding.podNamespace, holding.pod,
                            holding.container},
                           1);
        }
    }
}

} // namespace

void addDevices(Exposition& exposition, const status::Facts& facts) {
    addCounts(exposition, facts);
    exposition.set(catalogue::podResourcesUp, {}, facts.holdings ? 1 : 0);
    if (facts.holdings) {
        addUse(exposition, facts);
    }
    for (const auto& status : facts.inventory->devices) {
        addDevice(exposition, status);
        if (const auto signs = facts.signs.find(status.device.address);
            signs != facts.signs.end()) {
            addSigns(exposition, status.id, signs->second);
        }
    }
}

} // namespace hdp::metrics
