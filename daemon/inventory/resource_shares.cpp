// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/resource_shares.hpp"

#include "daemon/log.hpp"

#include <algorithm>
#include <utility>

namespace hdp {

namespace {

std::string describe(const hotplug::Device& device) {
    const auto node = device.numaNode ? std::to_string(*device.numaNode) : "unknown";
    return device.model + " at " + idOf(device) + " (PCI id " + toString(device.id) + ", driver " +
           device.driver.value_or("none") + ", NUMA node " + node + ")";
}

bool holds(const std::set<HeldDevice>& held, const DeviceStatus& status) {
    return held.contains({status.resource, status.id});
}

void decideByPod(const HeldDevice& held, DeviceStatus& status) {
    log::warning("chip " + held.id + " goes to " + held.resource + ", whose pod holds it" +
                     (status.resource.empty() ? "" : ", and not to " + status.resource) +
                     "; restart the daemon when that pod is gone, if another --resource is meant "
                     "to have it",
                 {{"HAILO_EVENT", "resource-kept"}, {"HAILO_DEVICE", held.id}});
    status.resource = held.resource;
}

} // namespace

ResourceShares::ResourceShares(std::vector<ResourceRule> rules) : rules_(std::move(rules)) {}

void ResourceShares::assign(const Inventory& known, std::vector<DeviceStatus>& devices) {
    std::set<std::string> remarks;
    for (auto& status : devices) {
        if (isTombstone(status)) {
            continue;
        }
        status.resource = choose(status, known);
        remarks.insert(remarkOn(status));
    }
    settle(devices);
    say(std::move(remarks));
}

std::string ResourceShares::choose(const DeviceStatus& status, const Inventory& known) const {
    const auto* before = known.find(status.id);
    if (before != nullptr && settled_.contains(status.id)) {
        return before->resource;
    }
    return status.device.isBeingIdentified ? std::string{} : resourceFor(status.device, rules_);
}

void ResourceShares::settle(const std::vector<DeviceStatus>& devices) {
    std::set<std::string> settled;
    for (const auto& status : devices) {
        const bool canBeHeld = status.health == Health::Healthy && !status.resource.empty();
        if (canBeHeld || settled_.contains(status.id)) {
            settled.insert(status.id);
        }
    }
    settled_ = std::move(settled);
}

void ResourceShares::remember(const std::set<HeldDevice>& held,
                              std::vector<DeviceStatus>& devices) {
    for (const auto& device : held) {
        settled_.insert(device.id);
        const auto known = std::ranges::find(devices, device.id, &DeviceStatus::id);
        if (known != devices.end() && !holds(held, *known)) {
            decideByPod(device, *known);
        } else if (known == devices.end()) {
            if (auto tombstone = tombstoneFor(device)) {
                devices.push_back(*std::move(tombstone));
            }
        }
    }
    std::ranges::sort(devices, {}, [](const auto& status) { return status.device.address; });
}

std::string ResourceShares::remarkOn(const DeviceStatus& status) const {
    if (status.device.isBeingIdentified) {
        return {};
    }
    if (status.resource.empty()) {
        return "no resource takes the " + describe(status.device) +
               ", so no pod can have it; add a --resource that does, or as the last one a "
               "--resource without conditions";
    }
    const auto fitting = resourceFor(status.device, rules_);
    if (fitting == status.resource) {
        return {};
    }
    return "the " + describe(status.device) + " stays in " + status.resource +
           ", because a pod "
           "may hold it, though " +
           (fitting.empty() ? "no resource takes it now" : fitting + " would take it now") +
           "; restart the daemon when no pod holds it, if that is meant to last";
}

void ResourceShares::say(std::set<std::string> remarks) {
    remarks.erase("");
    for (const auto& remark : remarks) {
        if (!said_.contains(remark)) {
            log::warning(remark, {{"HAILO_EVENT", "resource"}});
        }
    }
    said_ = std::move(remarks);
}

} // namespace hdp
