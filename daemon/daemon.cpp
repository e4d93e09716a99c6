// SPDX-License-Identifier: Apache-2.0
#include "daemon/daemon.hpp"

#include "daemon/log.hpp"

#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>
#include <utility>

namespace hdp {

Daemon::Daemon(const Options& options)
    : options_(options),
      signals_(loop_, SIGTERM, SIGINT),
      inotify_(loop_),
      scanner_(options.sysRoot, options.devRoot),
      registry_(loop_, [this] { return scanner_.scan(); }),
      nodeLinks_(options.stateDirectory / "devices"),
      classViews_(options.stateDirectory / "views"),
      cdi_(inotify_, options.cdiDirectory, options.cdiKind),
      handover_(options.handover, cdi_, nodeLinks_, classViews_),
      plugin_(loop_, options_, registry_, handover_),
      healthTimer_(loop_) {
    subscribe();
}

void Daemon::subscribe() {
    // What a container needs is in place before the kubelet hears of a chip: it may allocate at
    // once.
    registry_.subscribe(nodeLinks_);
    registry_.subscribe(cdi_);
    registry_.subscribe(plugin_.streams());
    registry_.subscribe(transitionLog_);
}

void Daemon::run() {
    awaitSignal();
    watchHardware();
    registry_.look();
    watchKubelet();
    plugin_.start();
    awaitHealthTick();
    turn();
    log::info("stopped", {{"HAILO_EVENT", "stopped"}});
}

void Daemon::turn() {
    try {
        loop_.run();
    } catch (const std::exception& error) {
        log::error(std::string{"hailo-device-plugin cannot go on: "} + error.what(),
                   {{"HAILO_EVENT", "failure"}});
        // Without the loop no call ends, and gRPC's server would wait for them for ever.
        std::_Exit(1);
    }
}

void Daemon::awaitSignal() {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) {
            stop();
        }
    });
}

void Daemon::watchHardware() {
    // Before the first look, so that nothing falls between the two.
    monitor_.emplace(loop_, options_.ueventSource,
                     [this](hotplug::UdevMonitor::Cause cause) { onHardwareChange(cause); });
    log::info("listening to uevents of " + std::string{nameOf(monitor_->source())},
              {{"HAILO_EVENT", "uevent-source"}});
}

void Daemon::onHardwareChange(hotplug::UdevMonitor::Cause cause) {
    if (cause == hotplug::UdevMonitor::Cause::Overrun) {
        log::warning(
            "the kernel dropped uevents because they came too fast; looking at all chips again",
            {{"HAILO_EVENT", "uevent-overrun"}});
    } else if (cause == hotplug::UdevMonitor::Cause::Restored) {
        log::warning("the uevent monitor broke and was restored; looking at all chips again",
                     {{"HAILO_EVENT", "uevent-monitor"}});
    }
    registry_.lookSoon();
}

void Daemon::watchKubelet() {
    kubeletWatch_.emplace(inotify_, options_.kubeletDirectory,
                          [this](DirectoryWatch::Change change, std::string_view name) {
                              onKubeletFolder(change, name);
                          });
    if (!kubeletWatch_->problem().empty()) {
        log::error("kubelet restarts are noticed late, at the next health check: " +
                       kubeletWatch_->problem(),
                   {{"HAILO_EVENT", "watch-failure"}});
    }
}

void Daemon::onKubeletFolder(DirectoryWatch::Change change, std::string_view name) {
    if (change == DirectoryWatch::Change::Reset ||
        (change == DirectoryWatch::Change::Created && name == "kubelet.sock")) {
        plugin_.lookAgain();
    }
}

void Daemon::awaitHealthTick() {
    if (options_.healthInterval.count() == 0) {
        return;
    }
    healthTimer_.expires_after(options_.healthInterval);
    healthTimer_.async_wait([this](const boost::system::error_code& error) {
        if (!error && !stopping_) {
            onHealthTick();
            awaitHealthTick();
        }
    });
}

void Daemon::onHealthTick() {
    scanner_.forget();
    registry_.look();
    nodeLinks_.verify();
    cdi_.verify();
    kubeletWatch_->verify();
    plugin_.lookAgain();
}

void Daemon::stop() {
    if (std::exchange(stopping_, true)) {
        log::error("told to stop a second time: leaving at once", {{"HAILO_EVENT", "stopping"}});
        std::_Exit(1);
    }
    log::info("stopping; the CDI file stays, because running containers restart with it",
              {{"HAILO_EVENT", "stopping"}});
    healthTimer_.cancel();
    monitor_.reset();
    registry_.stop();
    kubeletWatch_.reset();
    plugin_.stop([this] { release(); });
    awaitSignal();
}

void Daemon::release() {
    // Nothing is left to wait for after this, so run() returns by itself.
    signals_.cancel();
    inotify_.stop();
}

} // namespace hdp
