// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/dbus/bus_connection.hpp"
#include "daemon/dbus/chip_object.hpp"
#include "daemon/dbus/root_object.hpp"
#include "daemon/dbus/shutdown_watch.hpp"
#include "daemon/inventory/inventory.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <string>

namespace hdp::dbus {

/// What the daemon is on a bus for as long as that lives: the connection and all objects. Loop
/// thread only.
class Presence {
  public:
    struct Reactions {
        std::function<void()> rescan;
        std::function<void(bool isGoingDown)> goingDown; ///< soon after the start, and for changes
        BusConnection::OnLost lost;                      ///< may destroy this
    };

    /// Throws sdbus::Error or std::system_error when the bus does not take us.
    Presence(boost::asio::io_context& loop, const InventoryPtr& inventory, Reactions reactions);

    /// Adds, changes and removes objects. Does not throw: what cannot be sent is lost with the bus.
    void show(const Inventory& inventory);

  private:
    void add(const Inventory& inventory);
    void removeAllBut(const Inventory& inventory);
    void onGoingDown(bool isGoingDown);

    Reactions reactions_;
    BusConnection connection_;
    RootObject root_;
    std::map<std::string, ChipObject> chips_; ///< by id
    ShutdownWatch shutdown_;
};

} // namespace hdp::dbus
