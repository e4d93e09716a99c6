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
                 .onBusError = [this](const auto& error) { health_.onBusError(error); }}),
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
    makePlugins();
    subscribe();
}

void Daemon::makePlugins() {
    const bool hasSiblings = options_.resources.size() > 1;
    for (const auto& rule : options_.resources) {
        plugins_.emplace_back(
            loop_, options_, rule.resource,
            Handover{{options_.handover, rule.resource, hasSiblings, options_.container,
                      options_.simulation},
                     cdi_,
                     nodeLinks_,
                     classViews_},
            [this, name = rule.resource](bool listens) { service_.onKubelet(name, listens); },
            history_);
        service_.onKubelet(rule.resource, false);
    }
}

void Daemon::subscribe() {
    // What a container needs is in place before the kubelet hears of a chip: it may allocate at
    // once.
    if (!hardware_
             .isSimulated()) { // else the links of real chips stay, for containers that restart
        registry_.subscribe(nodeLinks_);
    }
    registry_.subscribe(cdi_);
    for (auto& plugin : plugins_) {
        registry_.subscribe(plugin.devices());
    }
    registry_.subscribe(transitionLog_);
    registry_.subscribe(history_);
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
    watchKubelet();
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
    for (auto& plugin : plugins_) {
        plugin.follow(options.allocationPolicy);
    }
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
    for (auto& plugin : plugins_) {
        plugin.start();
    }
    service_.ready();
}

void Daemon::watchKubelet() {
    const bool isWatched = options_.registration == RegistrationMode::Watcher;
    kubeletWatch_.emplace(inotify_,
                          isWatched ? options_.pluginsRegistry : options_.kubeletDirectory,
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
    // The kubelet's, ours, or that of a daemon that runs beside us for a while.
    const bool isSocket = change != DirectoryWatch::Change::Written && name.ends_with(".sock");
    if (change == DirectoryWatch::Change::Reset || isSocket) {
        tombstones_.seed([this] { lookForKubelet(); });
    }
}

void Daemon::lookForKubelet() {
    if (awaited_ > 0) {
        return;
    }
    for (auto& plugin : plugins_) {
        plugin.lookAgain();
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
    kubeletWatch_->verify();
    reloader_.verify();
    dbus_.verify();
    statusServer_.verify();
    health_.read();
    tombstones_.review();
    lookForKubelet();
}

status::Facts Daemon::facts() const {
    status::Facts facts{.inventory = registry_.current(),
                        .holdings = holders_.holdings(),
                        .namesPods = options_.metricsPods,
                        .isCdiCurrent = cdi_.isPublished()};
    for (const auto& status : facts.inventory->devices) {
        if (const auto* signs = health_.signsOf(status.device.address); signs != nullptr) {
            facts.signs.emplace(status.device.address, *signs);
        }
    }
    for (const auto& plugin : plugins_) {
        facts.resources.push_back(plugin.facts());
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
    kubeletWatch_.reset();
    tombstones_.stop();
    health_.stop();
    dbus_.stop();
    statusServer_.stop();
    holders_.stop();
    running_ = plugins_.size();
    for (auto& plugin : plugins_) {
        plugin.stop([this] {
            if (--running_ == 0) {
                release();
            }
        });
    }
}

void Daemon::release() {
    // Nothing is left to wait for after this, so run() returns by itself.
    signals_.cancel();
    service_.stop();
    inotify_.stop();
}

} // namespace hdp
