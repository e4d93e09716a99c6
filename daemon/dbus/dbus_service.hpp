// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/dbus/dbus_mode.hpp"
#include "daemon/files/inotify.hpp"
#include "daemon/inventory/inventory.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>

namespace hdp {

/// Shows the chips on the system bus as ai.hailo.DevicePlugin1 (docs/dbus.md), and hears from
/// logind that the machine goes down. Never needed: without a bus nothing is missing, and a bus
/// that comes, hangs, dies or returns delays nobody. Connects when the bus's socket appears, and
/// after a loss with growing pauses for a few seconds, then with each verify(). Loop thread only.
/// Subscribe it to the registry, which must outlive it. In a build without D-Bus it does nothing.
class DbusService final : public InventoryObserver {
  public:
    struct Reactions {
        std::function<void()> rescan;                    ///< root wants a look at the hardware
        std::function<void(bool isGoingDown)> goingDown; ///< called for changes; at first it is not
    };

    DbusService(boost::asio::io_context& loop,
                Inotify& inotify,
                DbusMode mode,
                Reactions reactions);
    DbusService(const DbusService&) = delete;
    DbusService& operator=(const DbusService&) = delete;
    ~DbusService() override;

    void onInventory(const InventoryPtr& inventory) override;

    /// Tries again to connect, if need be: called now and then.
    void verify();

    /// Leaves the bus; later calls do nothing.
    void stop();

  private:
    class Parts;
    std::unique_ptr<Parts> parts_; ///< null when it is off or stopped
};

} // namespace hdp
