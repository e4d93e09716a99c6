// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/reloader.hpp"
#include "daemon/dbus/dbus_service.hpp"
#include "daemon/files/inotify.hpp"
#include "daemon/handover/cdi_publisher.hpp"
#include "daemon/handover/class_views.hpp"
#include "daemon/handover/node_links.hpp"
#include "daemon/hardware.hpp"
#include "daemon/health/health_check.hpp"
#include "daemon/inventory/device_registry.hpp"
#include "daemon/inventory/probe_watch.hpp"
#include "daemon/inventory/transition_log.hpp"
#include "daemon/kubelet/pod_holders.hpp"
#include "daemon/kubelet/tombstones.hpp"
#include "daemon/nfd/feature_file.hpp"
#include "daemon/options.hpp"
#include "daemon/resource_plugins.hpp"
#include "daemon/service.hpp"
#include "daemon/status/facts.hpp"
#include "daemon/status/history.hpp"
#include "daemon/status_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <optional>

namespace hdp {

/// The whole program. Its members stand in the order in which they need each other: each uses only
/// those above it, and all die in the reverse order.
class Daemon {
  public:
    /// Throws std::system_error or std::runtime_error, named after the call, when something is
    /// missing without which nothing works: inotify, netlink, gRPC. The history is continued.
    Daemon(const config::Sources& sources,
           const config::Configuration& configuration,
           status::History& history);
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;
    ~Daemon() = default;

    /// Returns when everything has ended: after SIGTERM or SIGINT with nothing, and after a change
    /// of settings that need another daemon with the configuration for that one. Ends the process
    /// with code 1 when something throws that nobody expected: a daemon that does not turn must not
    /// look alive.
    std::optional<config::Configuration> run();

  private:
    void subscribe();
    void turn();
    void awaitSignal();
    void onSignal();
    void apply(const Options& options);
    void renew(const config::Configuration& next);
    void rescan();
    void onGoingDown(bool isGoingDown);
    void startPluginsWhenReady();
    void lookForKubelet();
    void awaitHealthTick();
    void onHealthTick();
    [[nodiscard]] status::Facts facts() const;
    void stop();
    void release();

    status::History& history_;
    Options options_;
    boost::asio::io_context loop_{1};
    boost::asio::signal_set signals_;
    Service service_;
    Inotify inotify_;
    config::Reloader reloader_;
    Hardware hardware_;
    DeviceRegistry registry_;
    TransitionLog transitionLog_;
    NodeLinks nodeLinks_;
    ClassViews classViews_;
    CdiPublisher cdi_;
    FeatureFile featureFile_;
    ResourcePlugins plugins_;
    ProbeWatch probeWatch_;
    Tombstones tombstones_;
    DbusService dbus_;
    HealthCheck health_;
    PodHolders holders_;
    StatusServer statusServer_;
    boost::asio::steady_timer healthTimer_;
    int awaited_ = 0; ///< answers without which the first list would be wrong
    bool stopping_ = false;
    std::optional<config::Configuration> next_; ///< what to run with after this
};

} // namespace hdp
