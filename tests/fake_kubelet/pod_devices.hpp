// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deviceplugin_v1beta1.pb.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace hdp::testing {

/// Names the devices that one container holds of one resource.
struct ContainerResource {
    std::string podUid;
    std::string container;
    std::string resource;

    friend bool operator<(const ContainerResource& left, const ContainerResource& right) {
        return std::tie(left.podUid, left.container, left.resource) <
               std::tie(right.podUid, right.container, right.resource);
    }
};

/// What one container got, kept for the life of the pod.
struct Assignment {
    std::map<std::int64_t, std::set<std::string>> idsByNumaNode{}; ///< -1: without topology
    v1beta1::ContainerAllocateResponse response{};

    [[nodiscard]] std::set<std::string> ids() const;
};

/// Who holds which device, also while an Allocate call is under way. A pure value.
class PodDevices {
  public:
    using Assignments = std::map<ContainerResource, Assignment>;

    void reserve(const std::string& resource, const std::set<std::string>& ids);
    void release(const std::string& resource, const std::set<std::string>& ids);
    void assign(const ContainerResource& key, Assignment assignment);
    void forget(const std::string& podUid);

    [[nodiscard]] const Assignment* find(const ContainerResource& key) const;

    [[nodiscard]] const Assignments& assignments() const { return assignments_; }

    [[nodiscard]] std::set<std::string> reserved(const std::string& resource) const;
    [[nodiscard]] std::set<std::string> assigned(const std::string& resource) const;

  private:
    Assignments assignments_;
    std::map<std::string, std::set<std::string>> reserved_;
};

} // namespace hdp::testing
