// SPDX-License-Identifier: Apache-2.0
#include "daemon/daemon.hpp"

#include "daemon/log.hpp"
#include "daemon/tally.hpp"

#include <csignal>
#include <cstdlib>
#include <exception>
#include <set>
#include <string>
#include <utility>

#include <unistd.h>

namespace hdp {

namespace {

std::set<std::string> namesOf(const std::vector<ResourceRule>& rules) {
    std::set<std::string> names;
    for (const auto& rule : rules) {
        names.insert(rule.resource);
    }
    return names;
}

/// Whether there is hardware to be read, and anybody wants to know.
bool readsHealth(const Options& options) {
    return options.healthInterval.count() > 0 && !options.simulation.isOn;
}

} // namespace

Daemon::Daemon(const config::Sources& sources,
               const config::Configuration& configuration,
               status::History& history)
    : history_(history),
      options_(configuration.options),
      signals_(loop_, SIGTERM, SIGINT),
      service_(loop_, systemd::ServiceEnvironment::read(environ, ::getpid())),
      inotify_(loop_),
      reloader_(loop_,
                inotify_,
                sources,
                configuration,
                {.apply = [this](const Options& options) { apply(options); },
                 .renew = [this](const config::Configuration& next) { renew(next); },
                 .begin = [this] { service_.reloading(); },
                 .end = [this] { service_.reloaded(); },
                 .onRead = [this](auto outcome) { tally::count(history_.record, outcome); }}),
      hardware_(loop_,
                options_,
                history_.record,
                {.look = [this] { registry_.lookSoon(); },
                 .onRecovery = [this](const auto& recovery) { health_.onRecovery(recovery); }}),
      registry_(
          loop_, [this] { return hardware_.scan(); }, options_.resources),
      nodeLinks_(options_.stateDirectory / "devices"),
      classViews_(options_.stateDirectory / "views"),
      cdi_(inotify_,
           options_.cdiDirectory,
           options_.cdiKind,
           options_.container,
           options_.simulation,
           [this](CdiPublisher::Change change) { tally::count(history_.record, change); }),
      featureFile_(options_.nfdDirectory.value_or("")),
      plugins_(loop_,
               inotify_,
               options_,
               {cdi_, nodeLinks_, classViews_, history_},
               [this](const auto& name, bool listens) { service_.onKubelet(name, listens); }),
      probeWatch_(loop_, {}, [this] { registry_.look(); }),
      tombstones_(loop_,
                  registry_,
                  {options_.kubeletDirectory / "kubelet_internal_checkpoint",
                   options_.podResourcesSocket, namesOf(options_.resources),
                   options_.tombstoneGrace}),
      dbus_(loop_,
            inotify_,
            options_.dbus,
            {[this] { rescan(); }, [this](bool isGoingDown) { onGoingDown(isGoingDown); }}),
      health_(
          loop_, registry_, VitalSignsReader::ownCommand(options_.sysRoot), readsHealth(options_)),
      holders_(loop_,
               {options_.podResourcesSocket, namesOf(options_.resources),
                [this] { statusServer_.tell(); }}),
      statusServer_(loop_,
                    options_.httpListen,
                    {[this] { return facts(); }, [this] { holders_.refresh(); }, history_}),
      healthTimer_(loop_) {
    subscribe();
}

void Daemon::subscribe() {
    // What a container needs is in place before the kubelet hears of a chip: it may allocate at
    // once. Links of real chips stay where chips are simulated, for containers that restart.
    if (!hardware_.isSimulated()) {
        registry_.subscribe(nodeLinks_);
    }
    registry_.subscribe(cdi_);
    plugins_.subscribeTo(registry_);
    registry_.subscribe(transitionLog_);
    registry_.subscribe(history_);
    if (options_.nfdDirectory) {
        registry_.subscribe(featureFile_);
    }
    registry_.subscribe(probeWatch_);
    registry_.subscribe(tombstones_);
    registry_.subscribe(dbus_);
    registry_.subscribe(health_);
    registry_.subscribe(service_);
}

std::optional<config::Configuration> Daemon::run() {
    awaitSignal();
    hardware_.watch(); // before the first look, so that nothing falls between the two
    registry_.look();
    plugins_.watch([this] { tombstones_.seed([this] { lookForKubelet(); }); });
    // The first list has to hold what pods hold, and must not offer a chip that is dead.
    awaited_ = 2;
    tombstones_.seed([this] { startPluginsWhenReady(); });
    health_.begin([this] { startPluginsWhenReady(); });
    awaitHealthTick();
    turn();
    log::info("stopped", {{"HAILO_EVENT", "stopped"}});
    log::tellAllRepeats();
    return next_;
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
            onSignal();
        }
    });
}

void Daemon::onSignal() {
    awaitSignal();
    if (next_) { // stopping already, but not for good
        next_.reset();
        service_.stopping();
    } else {
        stop();
    }
}

void Daemon::apply(const Options& options) {
    const bool ticksOtherwise = options.healthInterval != options_.healthInterval;
    options_ = options;
    log::setLevel(options.logLevel);
    log::setFormat(options.logFormat);
    tombstones_.setGrace(options.tombstoneGrace);
    plugins_.follow(options.allocationPolicy);
    hardware_.follow(options);
    if (ticksOtherwise) {
        health_.turn(readsHealth(options));
        healthTimer_.cancel();
        awaitHealthTick();
    }
}

void Daemon::renew(const config::Configuration& next) {
    next_ = next;
    service_.reloading();
    stop();
}

void Daemon::rescan() {
    hardware_.forget();
    registry_.lookSoon();
    health_.read();
}

void Daemon::onGoingDown(bool isGoingDown) {
    log::info(isGoingDown ? "the machine goes down; until it has, chips that vanish are no news"
                          : "the machine does not go down after all; looking at all chips again",
              {{"HAILO_EVENT", "going-down"}});
    registry_.hold(isGoingDown);
}

void Daemon::startPluginsWhenReady() {
    if (--awaited_ > 0 || stopping_) {
        return;
    }
    plugins_.start();
    service_.ready();
}

void Daemon::lookForKubelet() {
    if (awaited_ == 0) {
        plugins_.lookAgain();
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
    log::tellRepeats();
    hardware_.forget();
    registry_.look();
    nodeLinks_.verify();
    cdi_.verify();
    featureFile_.verify();
    plugins_.verify();
    reloader_.verify();
    dbus_.verify();
    statusServer_.verify();
    health_.read();
    tombstones_.review();
    lookForKubelet();
}

status::Facts Daemon::facts() const {
    status::Facts facts{.inventory = registry_.current(),
                        .resources = plugins_.facts(),
                        .holdings = holders_.holdings(),
                        .namesPods = options_.metricsPods,
                        .isCdiCurrent = cdi_.isPublished()};
    for (const auto& status : facts.inventory->devices) {
        if (const auto* signs = health_.signsOf(status.device.address); signs != nullptr) {
            facts.signs.emplace(status.device.address, *signs);
        }
    }
    return facts;
}

void Daemon::stop() {
    if (std::exchange(stopping_, true)) {
        log::error("told to stop a second time: leaving at once", {{"HAILO_EVENT", "stopping"}});
        std::_Exit(1);
    }
    log::info("stopping; the CDI file stays, because running containers restart with it",
              {{"HAILO_EVENT", "stopping"}});
    if (!next_) {
        service_.stopping();
    }
    reloader_.stop();
    healthTimer_.cancel();
    hardware_.stop();
    registry_.stop();
    probeWatch_.stop();
    tombstones_.stop();
    health_.stop();
    dbus_.stop();
    statusServer_.stop();
    holders_.stop();
    plugins_.stop([this] { release(); });
}

void Daemon::release() {
    // Nothing is left to wait for after this, so run() returns by itself.
    signals_.cancel();
    service_.stop();
    inotify_.stop();
}

} // namespace hdp
