// SPDX-License-Identifier: Apache-2.0
#include "daemon/simulate/simulated_hardware.hpp"

#include "daemon/inventory/inventory.hpp"
#include "daemon/inventory/simulated_name.hpp"
#include "daemon/log.hpp"

#include <utility>

namespace hdp {

SimulatedHardware::SimulatedHardware(boost::asio::io_context& loop,
                                     Simulation simulation,
                                     std::function<void()> onChange)
    : simulation_(std::move(simulation)),
      onChange_(std::move(onChange)),
      stem_(stemOf(simulation_)),
      timer_(loop) {
    awaitChange();
}

void SimulatedHardware::announce() const {
    log::warning("SIMULATION: " + std::to_string(simulation_.count) + " devices called " + stem_ +
                     "-0 and so on are offered that do not exist; the chips of this machine are "
                     "not looked at; set simulate.enabled to false to offer them",
                 {{"HAILO_EVENT", "simulation"}});
}

hotplug::Scan SimulatedHardware::scan() const {
    const auto elapsed = Clock::now() - beginning_;
    hotplug::Scan scan;
    for (std::uint32_t index = 0; index < simulation_.count; ++index) {
        const auto state = stateIn(simulation_.script, index, elapsed);
        if (state == SimulatedState::Gone) {
            continue;
        }
        scan.devices.push_back(device(index));
        if (state == SimulatedState::Unhealthy) {
            scan.devices.back().problems.push_back(
                {hotplug::Reason::Simulated, "the simulation wants " + idOf(scan.devices.back()) +
                                                 " to look broken; see simulate.script"});
        }
    }
    return scan;
}

hotplug::Device SimulatedHardware::device(std::uint32_t index) const {
    auto device = simulatedDevice(stem_, index);
    if (const auto& nodes = simulation_.numaNodes; !nodes.empty()) {
        device.numaNode = nodes[index % nodes.size()];
    }
    return device;
}

void SimulatedHardware::follow(const Simulation& simulation) {
    const bool isSameScript = simulation.script == simulation_.script;
    simulation_ = simulation;
    if (!isSameScript) {
        beginning_ = Clock::now();
        awaitChange();
    }
    onChange_();
}

void SimulatedHardware::awaitChange() {
    timer_.cancel();
    const auto next = nextChange(simulation_.script, Clock::now() - beginning_);
    if (!next) {
        return;
    }
    timer_.expires_at(beginning_ + *next);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) {
            awaitChange();
            onChange_();
        }
    });
}

} // namespace hdp
