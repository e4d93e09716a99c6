// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "daemon/inventory/look_budget.hpp"
#include "daemon/inventory/resource_shares.hpp"
#include "hotplug/sysfs_scanner.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hdp {

/// The one place where the inventory comes from, and its only writer. Told to look, it scans,
/// compares with what it knew and publishes a new snapshot only when something differs; the first
/// look is always published, because that there is no chip is news too. A chip that vanished stays
/// as an Unhealthy tombstone. When a scan cannot be made, what was known stands, and another is
/// made soon. Loop thread only.
class DeviceRegistry {
  public:
    /// Throws std::system_error when it cannot look.
    using Scanner = std::function<hotplug::Scan()>;

    /// Starts with an empty inventory of generation 0; nothing is scanned yet. The rules say which
    /// resource each chip belongs to.
    DeviceRegistry(boost::asio::io_context& loop, Scanner scanner, std::vector<ResourceRule> rules);
    DeviceRegistry(const DeviceRegistry&) = delete;
    DeviceRegistry& operator=(const DeviceRegistry&) = delete;
    ~DeviceRegistry() = default;

    /// Observers are called in the order of subscription and must outlive the registry's last look.
    void subscribe(InventoryObserver& observer);

    /// Looks now. Throws what the scanner throws if nothing is known that could stand.
    void look();

    /// An event: looks now, or shortly after when many come at once (LookBudget).
    void lookSoon();

    /// What is wrong with chips beyond what a scan sees, by address. Stays true until the next
    /// call; looks if it is news.
    using Findings = std::map<hotplug::PciAddress, std::vector<hotplug::Problem>>;
    void take(Findings findings);

    /// Adds tombstones for devices that pods hold and that are not known: chips that vanished while
    /// no daemon ran. A chip that is there goes to the resource whose pod holds it.
    void remember(const std::set<HeldDevice>& held);

    /// Takes tombstones off the list. Ids of chips that are there stay.
    void forget(const std::set<std::string>& ids);

    /// Keeps the inventory as it is, whatever is seen and asked for, until told otherwise; then
    /// looks again. A machine that goes down unbinds drivers, and that is no news to tell anybody.
    void hold(bool isHeld);

    /// Forgets a look that is still due; later calls are the caller's mistake.
    void stop();

    [[nodiscard]] const InventoryPtr& current() const { return current_; }

  private:
    [[nodiscard]] std::optional<hotplug::Scan> scan();
    void fail(const std::string& cause);
    void lookAt(LookBudget::Clock::time_point when);
    void addFindings(std::vector<hotplug::Device>& devices) const;
    using EventTime = std::optional<LookBudget::Clock::time_point>;

    void update(std::vector<DeviceStatus> devices, EventTime eventAt = {});
    void publish(std::vector<DeviceStatus> devices, EventTime eventAt);
    void report(std::vector<std::string> anomalies);

    Scanner scanner_;
    ResourceShares shares_;
    boost::asio::steady_timer timer_;
    bool lookIsDue_ = false;
    bool isHeld_ = false;
    LookBudget budget_;
    EventTime eventAt_; ///< of the first event that no look has answered
    Findings findings_;
    InventoryPtr current_;
    std::vector<std::string> anomalies_;
    std::string failure_; ///< of the last scan, as said; empty if there was none
    std::vector<InventoryObserver*> observers_;
};

/// What is known after a scan: the chips that it found, and tombstones of those known before that
/// it did not find. Both inputs and the result are sorted by address.
std::vector<DeviceStatus> merge(const std::vector<DeviceStatus>& known,
                                std::vector<hotplug::Device> found);

} // namespace hdp
