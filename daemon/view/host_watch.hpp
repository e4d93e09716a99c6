// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/health/health_check.hpp"
#include "daemon/health/vital_signs_reader.hpp"
#include "daemon/identify/chip_models.hpp"
#include "daemon/inventory/device_registry.hpp"
#include "daemon/inventory/inventory.hpp"
#include "daemon/kubelet/pod_resources_call.hpp"
#include "daemon/options.hpp"
#include "daemon/view/host_view.hpp"
#include "hotplug/sysfs_scanner.hpp"
#include "hotplug/udev_monitor.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hdp {

/// Looks at the host with the daemon's own parts, scanner, rules and health check, and changes
/// nothing: needs no daemon, no Kubernetes and no privileges. What cannot be read is a gap in the
/// view with its reason. Loop thread only.
class HostWatch final : public InventoryObserver {
  public:
    using OnView = std::function<void(const HostView&)>;
    enum class Duration {
        Once,   ///< one view; then nothing is left to wait for
        Ongoing ///< a view after each change until stop()
    };

    /// The command is what vital signs are read with. onView is called from the loop, first when
    /// all that can be known is known: after 2 s at the latest for what does not answer. Each view
    /// differs from the one before.
    HostWatch(boost::asio::io_context& loop,
              Options options,
              VitalSignsReader::Command command,
              OnView onView);

    /// Throws std::system_error, named after the call, when it is ongoing and uevents cannot be
    /// listened to.
    void begin(Duration duration);

    void onInventory(const InventoryPtr& inventory) override;

    /// The newest inventory: the daemon's, if one ran with the same settings from now on.
    [[nodiscard]] const InventoryPtr& inventory() const { return registry_.current(); }

    void stop();

  private:
    hotplug::Scan scan();
    void listen();
    void askForHolders();
    void onHolders(const PodResources& answer);
    void awaitHolders();
    void awaitHealthTick();
    void onFirstReading();
    void show();
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] HostView view() const;
    [[nodiscard]] ChipView viewOf(const DeviceStatus& status) const;

    boost::asio::io_context& loop_;
    Options options_;
    OnView onView_;
    hotplug::SysfsScanner scanner_;
    ChipModels chipModels_;
    DeviceRegistry registry_;
    HealthCheck health_;
    std::optional<hotplug::UdevMonitor> monitor_;
    boost::asio::steady_timer healthTimer_;
    boost::asio::steady_timer holdersTimer_;
    std::unique_ptr<PodResourcesCall> call_;
    PodResources holders_;
    std::vector<std::string> anomalies_;
    bool knowsHealth_ = false;  ///< as well as it can be known
    bool knowsHolders_ = false; ///< as well as it can be known
    bool isOngoing_ = false;
    bool isStopped_ = false;
    std::optional<HostView> shown_;
};

} // namespace hdp
