// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/handover/handover.hpp"
#include "daemon/inventory/resource_devices.hpp"
#include "daemon/kubelet/registrar.hpp"
#include "daemon/kubelet/watcher_service.hpp"
#include "daemon/plugin/device_plugin_service.hpp"
#include "daemon/plugin/plugin_observer.hpp"
#include "daemon/plugin/plugin_server.hpp"
#include "daemon/plugin/stream_set.hpp"
#include "daemon/status/facts.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace hdp {

struct Options;
class WatchedRegistration;

/// Everything that one resource needs towards the kubelet: its share of the chips, the service, its
/// server and streams, and the registration. Loop thread only. Everything passed by reference must
/// outlive it.
class ResourcePlugin {
  public:
    /// Called when the kubelet begins or ceases to listen.
    using OnListening = std::function<void(bool listens)>;

    ResourcePlugin(boost::asio::io_context& loop,
                   const Options& options,
                   const std::string& resource,
                   Handover handover,
                   OnListening onListening,
                   PluginObserver& observer);
    ResourcePlugin(const ResourcePlugin&) = delete;
    ResourcePlugin& operator=(const ResourcePlugin&) = delete;
    ~ResourcePlugin();

    /// What sends each new inventory to the kubelet. Subscribe it after everything that a container
    /// needs.
    [[nodiscard]] InventoryObserver& devices() { return devices_; }

    /// Begins to register; the inventory should be known by then.
    void start() { registrar_->start(); }

    /// The kubelet's folder changed, or time has passed.
    void lookAgain() { registrar_->lookAgain(); }

    /// Chooses chips by another policy from now on.
    void follow(AllocationPolicy policy) { service_.follow(policy); }

    [[nodiscard]] status::ResourceFacts facts() const;

    /// Ends streams and calls, removes the socket, and calls back on the loop when gRPC is done.
    void stop(std::function<void()> onStopped);

  private:
    void onStreamOpened(std::uint64_t number);
    void onStreamEnded(std::uint64_t number);
    void makeRegistrar(boost::asio::io_context& loop,
                       const Options& options,
                       const std::string& resource);

    [[nodiscard]] Registrar::Events registrarEvents() const;

    std::string resource_;
    PluginObserver& observer_;
    Handover handover_;
    OnListening onListening_;
    StreamSet streams_;
    ResourceDevices devices_;
    DevicePluginService service_;
    WatcherService watcherService_;
    PluginServer server_;
    WatchedRegistration* watched_ = nullptr; ///< the registrar in watcher mode
    std::unique_ptr<Registrar> registrar_;
};

} // namespace hdp
