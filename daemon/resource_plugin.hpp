// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/handover/handover.hpp"
#include "daemon/inventory/device_registry.hpp"
#include "daemon/kubelet/registration.hpp"
#include "daemon/plugin/device_plugin_service.hpp"
#include "daemon/plugin/plugin_server.hpp"
#include "daemon/plugin/stream_set.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>

namespace hdp {

struct Options;

/// Everything that one resource needs towards the kubelet: the service, its server and streams, and
/// the registration. Loop thread only. Everything passed by reference must outlive it.
class ResourcePlugin {
  public:
    ResourcePlugin(boost::asio::io_context& loop,
                   const Options& options,
                   const DeviceRegistry& registry,
                   const Handover& handover);

    /// What sends each new inventory to the kubelet. Subscribe it after everything that a container
    /// needs.
    [[nodiscard]] InventoryObserver& streams() { return streams_; }

    /// Begins to register; the inventory should be known by then.
    void start() { registration_.start(); }

    /// The kubelet's folder changed, or time has passed.
    void lookAgain() { registration_.lookAgain(); }

    /// Ends streams and calls, removes the socket, and calls back on the loop when gRPC is done.
    void stop(std::function<void()> onStopped);

  private:
    StreamSet streams_;
    DevicePluginService service_;
    PluginServer server_;
    Registration registration_;
};

} // namespace hdp
