// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/presence.hpp"

#include "daemon/log.hpp"

#include <sdbus-c++/Error.h>

#include <utility>

namespace hdp::dbus {

Presence::Presence(boost::asio::io_context& loop,
                   const InventoryPtr& inventory,
                   Reactions reactions)
    : reactions_(std::move(reactions)),
      connection_(loop, reactions_.lost),
      root_(connection_.bus(), "running", [this] { reactions_.rescan(); }),
      shutdown_(connection_.bus(), [this](bool isGoingDown) { onGoingDown(isGoingDown); }) {
    add(*inventory);
    // Only then may anybody ask us.
    root_.requestName();
}

void Presence::show(const Inventory& inventory) {
    try {
        removeAllBut(inventory);
        add(inventory);
    } catch (const sdbus::Error& error) {
        log::debug(std::string{"the system bus was not told of a change: "} + error.what(),
                   {{"HAILO_EVENT", "dbus"}});
    }
    connection_.kick();
}

void Presence::add(const Inventory& inventory) {
    for (const auto& status : inventory.devices) {
        if (const auto known = chips_.find(status.id); known != chips_.end()) {
            known->second.update(status);
        } else {
            chips_.try_emplace(status.id, connection_.bus(), status);
        }
    }
}

void Presence::removeAllBut(const Inventory& inventory) {
    for (auto chip = chips_.begin(); chip != chips_.end();) {
        if (inventory.find(chip->first) != nullptr) {
            ++chip;
            continue;
        }
        chip->second.retire();
        chip = chips_.erase(chip);
    }
}

void Presence::onGoingDown(bool isGoingDown) {
    root_.setState(isGoingDown ? "shutting-down" : "running");
    reactions_.goingDown(isGoingDown);
}

} // namespace hdp::dbus
