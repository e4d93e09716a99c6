// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <set>
#include <string>

namespace hdp {

/// Looks again while a driver has a chip and offers no class device for it. The driver loads
/// firmware then, for a second or so, and if that fails the kernel takes the driver off the chip
/// without any uevent (really_probe() in drivers/base/dd.c of Linux 6.1), so that "not yet" would
/// stand until the slow timer. Waits twice as long each time and gives up at the longest wait.
/// Loop thread only; silent while no chip is in that state.
class ProbeWatch final : public InventoryObserver {
  public:
    using Duration = std::chrono::steady_clock::duration;

    struct Waits {
        Duration first = std::chrono::seconds{1};
        Duration longest = std::chrono::seconds{16};
    };

    ProbeWatch(boost::asio::io_context& loop, Waits waits, std::function<void()> look);

    void onInventory(const InventoryPtr& inventory) override;

    /// Waits no more.
    void stop();

  private:
    void await();
    void lookAgain();

    Waits waits_;
    std::function<void()> look_;
    std::set<std::string> probed_; ///< ids
    Duration wait_{};
    boost::asio::steady_timer timer_;
};

} // namespace hdp
