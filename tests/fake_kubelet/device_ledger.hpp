// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/capacity.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace hdp::testing {

/// What the kubelet believes about the devices of every resource. A pure value: no clock, no lock.
class DeviceLedger {
  public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;
    using Ids = std::set<std::string>;

    /// A plugin connected: its resource is no longer stopped. The devices stay as they are.
    void connect(const std::string& resource);

    /// The full list of a plugin replaces everything known. Healthy is what says "Healthy"
    /// exactly; an id listed with two healths counts twice.
    void replace(const std::string& resource, const v1beta1::ListAndWatchResponse& list);

    /// The plugin is gone: its devices turn unhealthy, the grace period begins.
    void stop(const std::string& resource, TimePoint now);

    /// A resource of the checkpoint comes back as a stopped one without devices.
    void restore(const std::string& resource, TimePoint now);

    /// Forgets resources that have been stopped for the grace period; true when there were any.
    bool expire(TimePoint now, Duration grace);
    /// When expire() will next have something to do.
    [[nodiscard]] std::optional<TimePoint> nextExpiry(Duration grace) const;

    [[nodiscard]] std::optional<Capacity> capacity(const std::string& resource) const;
    [[nodiscard]] std::map<std::string, Capacity> capacities() const;
    /// A list arrived, or the checkpoint named it.
    [[nodiscard]] bool isRegistered(const std::string& resource) const;
    [[nodiscard]] bool isStopped(const std::string& resource) const;
    /// The newest list holds the id, in whatever health.
    [[nodiscard]] bool isListed(const std::string& resource, const std::string& id) const;
    [[nodiscard]] Ids healthy(const std::string& resource) const;
    /// The NUMA nodes of a device; empty when it has no topology.
    [[nodiscard]] std::set<std::int64_t> numaNodes(const std::string& resource,
                                                   const std::string& id) const;
    /// Registered resources with their healthy devices, as the checkpoint keeps them.
    [[nodiscard]] std::map<std::string, Ids> registered() const;

  private:
    struct Resource {
        bool registered = false;
        std::map<std::string, v1beta1::Device> listed;
        Ids healthy;
        Ids unhealthy;
        std::optional<TimePoint> stoppedAt;
    };

    [[nodiscard]] const Resource* find(const std::string& resource) const;

    std::map<std::string, Resource> resources_;
};

} // namespace hdp::testing
