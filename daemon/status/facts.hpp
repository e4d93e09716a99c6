// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "daemon/kubelet/pod_holders.hpp"
#include "hotplug/pci_address.hpp"
#include "hotplug/vital_signs.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::status {

/// What is true of one resource towards the kubelet.
struct ResourceFacts {
    std::string name;
    std::string_view state; ///< of its registration, of a constant
    bool isLive = false;    ///< registered, and the kubelet listens
    std::size_t streams = 0;
};

/// What is true at one moment, for people and programs that ask. Everything that is told is a
/// function of this and of what was recorded.
struct Facts {
    InventoryPtr inventory = std::make_shared<const Inventory>();
    std::map<hotplug::PciAddress, hotplug::VitalSigns> signs{}; ///< those that are known
    std::vector<ResourceFacts> resources{};
    /// Of our chips; absent while the kubelet does not tell.
    std::optional<std::vector<Holding>> holdings{};
    bool namesPods = false; ///< also in metrics, where each pod is a series of its own
    std::string host{};
    bool isCdiCurrent = false;
    std::size_t httpConnections = 0;
};

} // namespace hdp::status
