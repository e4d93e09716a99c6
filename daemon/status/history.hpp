// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "daemon/metrics/record.hpp"
#include "daemon/plugin/plugin_observer.hpp"
#include "daemon/status/recent_events.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hdp::status {

/// What happened since the process began: how often, and the last few things in words. It outlives
/// a daemon that is begun anew. Subscribe it to the registry; other parts count in the record.
/// Loop thread only.
class History final : public InventoryObserver, public PluginObserver {
  public:
    metrics::Record record{};

    [[nodiscard]] const RecentEvents& events() const { return events_; }

    /// Calls back whenever something has happened, in place of whom it called before.
    void listen(std::function<void()> onNews) { onNews_ = std::move(onNews); }

    void onInventory(const InventoryPtr& inventory) override;
    void onAllocation(const AllocationReport& report) override;
    void onList(const std::string& resource,
                std::optional<std::chrono::nanoseconds> sinceEvent) override;
    void onRegistration(const std::string& resource, bool isAccepted) override;
    void onState(const std::string& resource, std::string_view state) override;

  private:
    void tell() const;

    RecentEvents events_;
    InventoryPtr last_ = std::make_shared<const Inventory>();
    std::function<void()> onNews_ = [] {};
};

} // namespace hdp::status
