// SPDX-License-Identifier: Apache-2.0
#include "daemon/hardware.hpp"

#include "daemon/identify/identify_chip.hpp"
#include "daemon/log.hpp"
#include "daemon/tally.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace hdp {

namespace {

void tell(const hotplug::Recovery& recovery) {
    using End = hotplug::Recovery::End;
    if (recovery.end != End::BoundAnew) {
        log::warning("PCIe error at " + toString(recovery.address) +
                         (recovery.end == End::Failed ? ", from which the kernel could not recover"
                                                      : ", from which the kernel recovered"),
                     {{"HAILO_EVENT", "bus-error"}});
    }
}

} // namespace

Hardware::Hardware(boost::asio::io_context& loop,
                   const Options& options,
                   metrics::Record& record,
                   Events events)
    : loop_(loop),
      source_(options.ueventSource),
      record_(record),
      events_(std::move(events)),
      scanner_(options.sysRoot, options.devRoot),
      models_(loop,
              {.mode = options.identify,
               .sysRoot = options.sysRoot,
               .devRoot = options.devRoot,
               .program = {"/proc/self/exe", identifyCommand}},
              [this] { events_.look(); }) {
    if (options.simulation.isOn) {
        simulated_.emplace(loop, options.simulation, [this] { events_.look(); });
    }
}

void Hardware::watch() {
    if (simulated_) {
        return simulated_->announce();
    }
    monitor_.emplace(
        loop_, source_, [this](hotplug::UdevMonitor::Cause cause) { onChange(cause); },
        [this](const hotplug::Recovery& recovery) { onRecovery(recovery); });
    log::info("listening to uevents of " + std::string{nameOf(monitor_->source())},
              {{"HAILO_EVENT", "uevent-source"}});
}

hotplug::Scan Hardware::scan() {
    const auto begin = std::chrono::steady_clock::now();
    auto scan = simulated_ ? simulated_->scan() : models_.refine(scanner_.scan());
    record_.lookTime.observe(std::chrono::steady_clock::now() - begin);
    return scan;
}

void Hardware::follow(const Options& options) {
    if (simulated_) {
        simulated_->follow(options.simulation);
    }
}

void Hardware::stop() {
    monitor_.reset();
    models_.stop();
    if (simulated_) {
        simulated_->stop();
    }
}

void Hardware::onChange(hotplug::UdevMonitor::Cause cause) {
    tally::count(record_, cause);
    if (cause == hotplug::UdevMonitor::Cause::Overrun) {
        log::warning(
            "the kernel dropped uevents because they came too fast; looking at all chips again",
            {{"HAILO_EVENT", "uevent-overrun"}});
    } else if (cause == hotplug::UdevMonitor::Cause::Restored) {
        log::warning("the uevent monitor broke and was restored; looking at all chips again",
                     {{"HAILO_EVENT", "uevent-monitor"}});
    }
    events_.look();
}

void Hardware::onRecovery(const hotplug::Recovery& recovery) {
    tell(recovery);
    tally::count(record_, recovery);
    events_.onRecovery(recovery);
}

} // namespace hdp
