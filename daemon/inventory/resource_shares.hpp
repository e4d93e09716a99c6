// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "daemon/inventory/resource_rule.hpp"

#include <set>
#include <string>
#include <vector>

namespace hdp {

/// Decides which resource each chip belongs to: the first rule that takes it. Once a pod may hold
/// the chip, because it was Healthy there or the kubelet says so, that is settled for as long as
/// the chip is known, gone or not: one that loses its driver no longer meets a condition on the
/// driver, and a kubelet from 1.34 on crashes when an id that a pod holds leaves a resource's list.
/// Nor may an id be in two lists, because the kubelet looks health up by id alone. Says once what
/// it could not decide by the rules. Loop thread only.
class ResourceShares {
  public:
    explicit ResourceShares(std::vector<ResourceRule> rules);

    /// Fills in the resource of every chip that is there. What was settled before stands in the
    /// known inventory; a chip that is being identified has to wait.
    void assign(const Inventory& known, std::vector<DeviceStatus>& devices);

    /// Adds tombstones for devices that pods hold and that are not known, one for each id, and lets
    /// a pod decide against the rules: a chip goes to the resource whose pod holds it. The devices
    /// are sorted by address before and after.
    void remember(const std::set<HeldDevice>& held, std::vector<DeviceStatus>& devices);

  private:
    [[nodiscard]] std::string choose(const DeviceStatus& status, const Inventory& known) const;
    void settle(const std::vector<DeviceStatus>& devices);
    [[nodiscard]] std::string remarkOn(const DeviceStatus& status) const;
    void say(std::set<std::string> remarks);

    std::vector<ResourceRule> rules_;
    std::set<std::string> settled_; ///< ids that stay in their resource
    std::set<std::string> said_;    ///< still true
};

} // namespace hdp
