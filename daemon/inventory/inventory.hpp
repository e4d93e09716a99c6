// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace hdp {

/// The two states that the kubelet knows.
enum class Health { Healthy, Unhealthy };

/// "Healthy" or "Unhealthy": the words of the device plugin API, which the kubelet compares
/// exactly.
std::string_view nameOf(Health health);

/// A chip as this daemon offers it. The id is its PCI address (idOf), stable over restarts and
/// replugs and unique over all resources, because the kubelet looks health up by id alone.
struct DeviceStatus {
    std::string id;
    hotplug::Device device;
    Health health = Health::Unhealthy;
    std::string resource{}; ///< whose pods may hold it; empty if no rule takes it

    /// The problem that makes the chip Unhealthy, or the first that degrades it; null when it is
    /// fine.
    [[nodiscard]] const hotplug::Problem* mainProblem() const;

    friend bool operator==(const DeviceStatus&, const DeviceStatus&) = default;
};

/// A device that the kubelet gave to a pod.
struct HeldDevice {
    std::string resource;
    std::string id;

    friend bool operator==(const HeldDevice&, const HeldDevice&) = default;

    // Spelled out because clang 14 warns about a null pointer constant in a defaulted one.
    friend std::strong_ordering operator<=>(const HeldDevice& a, const HeldDevice& b) {
        return std::tie(a.resource, a.id) <=> std::tie(b.resource, b.id);
    }
};

/// What is true at one moment. Immutable once published; shared by everyone who needs it.
struct Inventory {
    std::uint64_t generation = 0;      ///< grows by one with each publication
    std::vector<DeviceStatus> devices; ///< sorted by address, each id once
    /// When the first event came that led to it; absent if none did, but time or a kubelet.
    std::optional<std::chrono::steady_clock::time_point> eventAt{};

    /// The chip with this id, or null.
    [[nodiscard]] const DeviceStatus* find(std::string_view id) const;
};

using InventoryPtr = std::shared_ptr<const Inventory>;

/// Whether the chip is gone and only its id is kept.
bool isTombstone(const DeviceStatus& status);

/// Someone who is told of each new inventory. Called on the loop thread, in the order of
/// subscription.
class InventoryObserver {
  public:
    InventoryObserver() = default;
    InventoryObserver(const InventoryObserver&) = delete;
    InventoryObserver& operator=(const InventoryObserver&) = delete;
    virtual ~InventoryObserver() = default;

    virtual void onInventory(const InventoryPtr& inventory) = 0;
};

/// The PCI address of a chip, or the name of a simulated device.
std::string idOf(const hotplug::Device& device);

/// The status of a chip that a scan found. Unhealthy always has a problem that says why.
DeviceStatus statusOf(hotplug::Device device);

/// A chip that is not there and of which nothing but the id is known: a pod holds it. Nothing for
/// what is neither a PCI address nor the name of a simulated device, and so no id of ours.
std::optional<DeviceStatus> tombstoneFor(const HeldDevice& held);

/// The same chip after it vanished: kept as Unhealthy with reason "removed" and without its class
/// device. Kubelets from 1.34 on crash when an id that a pod holds disappears from the list.
DeviceStatus tombstoneOf(const DeviceStatus& vanished);

} // namespace hdp
