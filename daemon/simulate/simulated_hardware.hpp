// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/simulate/simulation.hpp"
#include "hotplug/sysfs_scanner.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <string>

namespace hdp {

/// Stands in the place of the scanner and of uevents: shows what the simulation wants to be there
/// at this moment, and says when that changes. Loop thread only.
class SimulatedHardware {
  public:
    /// The script begins now. The callback should lead to another scan.
    SimulatedHardware(boost::asio::io_context& loop,
                      Simulation simulation,
                      std::function<void()> onChange);

    /// Says loudly that nothing here is real.
    void announce() const;

    [[nodiscard]] hotplug::Scan scan() const;

    /// Another count, other NUMA nodes or another script, which begins now; one that stays the same
    /// goes on. The name of the devices stays.
    void follow(const Simulation& simulation);

    void stop() { timer_.cancel(); }

  private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] hotplug::Device device(std::uint32_t index) const;
    void awaitChange();

    Simulation simulation_;
    std::function<void()> onChange_;
    std::string stem_;
    Clock::time_point beginning_ = Clock::now();
    boost::asio::steady_timer timer_;
};

} // namespace hdp
