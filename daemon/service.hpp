// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "daemon/systemd/notify_socket.hpp"
#include "daemon/systemd/service_environment.hpp"
#include "daemon/systemd/watchdog.hpp"

#include <boost/asio/io_context.hpp>

#include <map>
#include <string>

namespace hdp {

/// For each resource, whether the kubelet listens to it.
using Listening = std::map<std::string, bool>;

/// One line for `systemctl status`: "2 chips, 1 unhealthy, waiting for the kubelet".
std::string statusOf(const Inventory& inventory, const Listening& resources);

/// The daemon as a service of systemd: tells it when the daemon is ready, reads its settings again
/// or stops, how it is doing, and that its loop turns. Says nothing if systemd did not start it.
/// Loop thread only.
class Service final : public InventoryObserver {
  public:
    Service(boost::asio::io_context& loop, const systemd::ServiceEnvironment& environment);

    void onInventory(const InventoryPtr& inventory) override;
    void onKubelet(const std::string& resource, bool listens);

    /// Chips are known and offered. A kubelet need not be there.
    void ready();

    void reloading();

    /// Ends reloading(). A daemon that was not ready before is not ready by this.
    void reloaded();

    void stopping();

    /// Nothing is waited for any more.
    void stop() { watchdog_.stop(); }

  private:
    void tellStatus();

    systemd::NotifySocket systemd_;
    systemd::Watchdog watchdog_;
    InventoryPtr inventory_;
    Listening resources_;
    std::string status_;
    bool isReady_ = false;
    bool isStopping_ = false;
};

} // namespace hdp
