// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/identify/chip_models.hpp"
#include "daemon/metrics/record.hpp"
#include "daemon/options.hpp"
#include "daemon/simulate/simulated_hardware.hpp"
#include "hotplug/sysfs_scanner.hpp"
#include "hotplug/udev_monitor.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <optional>

namespace hdp {

/// Where chips come from: sysfs and uevents, and the firmware that tells models apart; or a
/// simulation in the place of it all. Says when to look again, and shows what is there. Loop thread
/// only.
class Hardware {
  public:
    struct Events {
        std::function<void()> look; ///< something is other than it was, or may be
        std::function<void(const hotplug::Recovery&)> onRecovery;
    };

    /// The record is where looks and uevents are counted. Everything passed by reference must
    /// outlive this.
    Hardware(boost::asio::io_context& loop,
             const Options& options,
             metrics::Record& record,
             Events events);
    Hardware(const Hardware&) = delete;
    Hardware& operator=(const Hardware&) = delete;
    ~Hardware() = default;

    /// Begins to listen. Throws std::system_error when there is no netlink.
    void watch();

    [[nodiscard]] hotplug::Scan scan();

    /// Reads again what cannot have changed.
    void forget() { scanner_.forget(); }

    /// Takes over what of the settings is live.
    void follow(const Options& options);

    [[nodiscard]] bool isSimulated() const { return simulated_.has_value(); }

    /// Calls nobody back any more.
    void stop();

  private:
    void onChange(hotplug::UdevMonitor::Cause cause);
    void onRecovery(const hotplug::Recovery& recovery);

    boost::asio::io_context& loop_;
    hotplug::UeventSource source_;
    metrics::Record& record_;
    Events events_;
    hotplug::SysfsScanner scanner_;
    ChipModels models_;
    std::optional<SimulatedHardware> simulated_; ///< in the place of the two above
    std::optional<hotplug::UdevMonitor> monitor_;
};

} // namespace hdp
