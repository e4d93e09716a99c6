// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/device_ledger.hpp"

#include <algorithm>

namespace hdp::testing {

void DeviceLedger::connect(const std::string& resource) {
    if (const auto found = resources_.find(resource); found != resources_.end()) {
        found->second.stoppedAt.reset();
    }
}

void DeviceLedger::replace(const std::string& resource, const v1beta1::ListAndWatchResponse& list) {
    auto& entry = resources_[resource];
    entry.registered = true;
    entry.listed.clear();
    entry.healthy.clear();
    entry.unhealthy.clear();
    for (const auto& device : list.devices()) {
        entry.listed[device.id()] = device;
        (device.health() == "Healthy" ? entry.healthy : entry.unhealthy).insert(device.id());
    }
}

void DeviceLedger::stop(const std::string& resource, TimePoint now) {
    auto& entry = resources_[resource];
    entry.unhealthy.merge(entry.healthy);
    entry.healthy.clear();
    entry.stoppedAt = now;
}

void DeviceLedger::restore(const std::string& resource, TimePoint now) {
    auto& entry = resources_[resource];
    entry.registered = true;
    entry.stoppedAt = now;
}

bool DeviceLedger::expire(TimePoint now, Duration grace) {
    return std::erase_if(resources_, [now, grace](const auto& entry) {
               return entry.second.stoppedAt && *entry.second.stoppedAt + grace <= now;
           }) > 0;
}

std::optional<DeviceLedger::TimePoint> DeviceLedger::nextExpiry(Duration grace) const {
    std::optional<TimePoint> next;
    for (const auto& [name, entry] : resources_) {
        if (entry.stoppedAt) {
            next = std::min(next.value_or(TimePoint::max()), *entry.stoppedAt + grace);
        }
    }
    return next;
}

std::optional<Capacity> DeviceLedger::capacity(const std::string& resource) const {
    const auto* entry = find(resource);
    if (entry == nullptr) {
        return std::nullopt;
    }
    const auto healthy = entry->healthy.size();
    return Capacity{.capacity = healthy + entry->unhealthy.size(), .allocatable = healthy};
}

std::map<std::string, Capacity> DeviceLedger::capacities() const {
    std::map<std::string, Capacity> all;
    for (const auto& [name, entry] : resources_) {
        all.emplace(name, *capacity(name));
    }
    return all;
}

bool DeviceLedger::isRegistered(const std::string& resource) const {
    const auto* entry = find(resource);
    return entry != nullptr && entry->registered;
}

bool DeviceLedger::isStopped(const std::string& resource) const {
    const auto* entry = find(resource);
    return entry != nullptr && entry->stoppedAt.has_value();
}

bool DeviceLedger::isListed(const std::string& resource, const std::string& id) const {
    const auto* entry = find(resource);
    return entry != nullptr && entry->listed.contains(id);
}

DeviceLedger::Ids DeviceLedger::healthy(const std::string& resource) const {
    const auto* entry = find(resource);
    return entry == nullptr ? Ids{} : entry->healthy;
}

std::set<std::int64_t> DeviceLedger::numaNodes(const std::string& resource,
                                               const std::string& id) const {
    std::set<std::int64_t> nodes;
    if (isListed(resource, id)) {
        for (const auto& node : find(resource)->listed.at(id).topology().nodes()) {
            nodes.insert(node.id());
        }
    }
    return nodes;
}

std::map<std::string, DeviceLedger::Ids> DeviceLedger::registered() const {
    std::map<std::string, Ids> all;
    for (const auto& [name, entry] : resources_) {
        if (entry.registered) {
            all.emplace(name, entry.healthy);
        }
    }
    return all;
}

const DeviceLedger::Resource* DeviceLedger::find(const std::string& resource) const {
    const auto found = resources_.find(resource);
    return found == resources_.end() ? nullptr : &found->second;
}

} // namespace hdp::testing
