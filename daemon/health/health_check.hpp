// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/health/chip_health.hpp"
#include "daemon/health/vital_signs_reader.hpp"
#include "daemon/inventory/device_registry.hpp"
#include "daemon/inventory/inventory.hpp"
#include "hotplug/pci_address.hpp"
#include "hotplug/udev_monitor.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace hdp {

/// Finds out what is wrong with chips that no event tells of, and gives it to the registry. Chips
/// are read when they are new, when the bus reports an error, and when told to; and a second apart
/// as long as readings do not agree. Knows each chip's health until it is off the bus. Loop thread
/// only. Subscribe it last, because what it finds out makes the registry publish again at once.
class HealthCheck final : public InventoryObserver {
  public:
    /// The command is what vital signs are read with. Nothing is read while it is off; then only
    /// events count.
    HealthCheck(boost::asio::io_context& loop,
                DeviceRegistry& registry,
                VitalSignsReader::Command command,
                bool isOn);

    /// Turns reading on or off; off forgets what was read.
    void turn(bool isOn);

    /// Reads the chips of the current inventory and calls back when all that can be known of them
    /// is, which may be at once: a chip that was dead before must not be offered.
    void begin(std::function<void()> onFirst);

    /// Reads all chips soon.
    void read();

    /// Of a chip, or of a bridge above it.
    void onRecovery(const hotplug::Recovery& recovery);

    void onInventory(const InventoryPtr& inventory) override;

    /// The newest reading of a chip, or null.
    [[nodiscard]] const hotplug::VitalSigns* signsOf(const hotplug::PciAddress& chip) const;

    /// Why the newest reading could not be made, a clause; empty after one that was.
    [[nodiscard]] const std::string& error() const { return error_; }

    void stop();

  private:
    void retain(const Inventory& inventory);
    void start();
    void onRead(const VitalSignsReader::Answers& answers, const std::string& error);
    void answerFirst();
    void report(const std::string& error);
    void publish();
    void confirmSoon();

    DeviceRegistry& registry_;
    VitalSignsReader reader_;
    bool isOn_;
    boost::asio::steady_timer timer_;
    std::map<hotplug::PciAddress, ChipHealth> chips_;
    std::set<hotplug::PciAddress> present_; ///< what can be read
    std::function<void()> onFirst_;
    bool hasBegun_ = false;
    bool readAgain_ = false; ///< asked for while reading
    std::string error_;      ///< that was reported last
};

} // namespace hdp
