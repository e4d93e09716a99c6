// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/pod_devices.hpp"

#include <utility>

namespace hdp::testing {

std::set<std::string> Assignment::ids() const {
    std::set<std::string> all;
    for (const auto& [node, ids] : idsByNumaNode) {
        all.insert(ids.begin(), ids.end());
    }
    return all;
}

void PodDevices::reserve(const std::string& resource, const std::set<std::string>& ids) {
    reserved_[resource].insert(ids.begin(), ids.end());
}

void PodDevices::release(const std::string& resource, const std::set<std::string>& ids) {
    for (const auto& id : ids) {
        reserved_[resource].erase(id);
    }
}

void PodDevices::assign(const ContainerResource& key, Assignment assignment) {
    assignments_.insert_or_assign(key, std::move(assignment));
}

void PodDevices::forget(const std::string& podUid) {
    std::erase_if(assignments_,
                  [&podUid](const auto& entry) { return entry.first.podUid == podUid; });
}

const Assignment* PodDevices::find(const ContainerResource& key) const {
    const auto found = assignments_.find(key);
    return found == assignments_.end() ? nullptr : &found->second;
}

std::set<std::string> PodDevices::reserved(const std::string& resource) const {
    const auto found = reserved_.find(resource);
    return found == reserved_.end() ? std::set<std::string>{} : found->second;
}

std::set<std::string> PodDevices::assigned(const std::string& resource) const {
    std::set<std::string> all;
    for (const auto& [key, assignment] : assignments_) {
        if (key.resource == resource) {
            all.merge(assignment.ids());
        }
    }
    return all;
}

} // namespace hdp::testing
