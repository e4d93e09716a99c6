// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/handover/handover.hpp"
#include "daemon/inventory/device_registry.hpp"
#include "daemon/inventory/resource_devices.hpp"
#include "daemon/plugin/device_plugin_service.hpp"
#include "daemon/plugin/plugin_server.hpp"
#include "daemon/plugin/plugin_socket.hpp"
#include "daemon/plugin/stream_set.hpp"
#include "tests/daemon/handed_over.hpp"
#include "tests/daemon/plugin/stream_reader.hpp"

#include <grpcpp/channel.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hdp::testing {

/// A device plugin on a real socket, without a kubelet. The loop turns on the test's thread, and
/// only while the test waits for something.
class ServedPlugin : public HandedOver {
  public:
    ServedPlugin();
    ServedPlugin(const ServedPlugin&) = delete;
    ServedPlugin& operator=(const ServedPlugin&) = delete;
    ~ServedPlugin() override;

  protected:
    /// Makes the hardware so, and looks at it.
    void plug(const std::vector<hotplug::Device>& chips);

    /// A connection of its own for each caller, as each kubelet has.
    [[nodiscard]] std::shared_ptr<grpc::Channel> connect() const;

    /// Makes a blocking call beside the loop; INTERNAL "the test waited in vain" if it hangs.
    grpc::Status call(const std::function<grpc::Status(v1beta1::DevicePlugin::Stub& stub,
                                                       grpc::ClientContext& context)>& work);

    bool waitFor(const std::function<bool()>& condition);

    /// Waits until the reader has as many messages as that, and answers the last one's ids and
    /// health: "0000:01:00.0 Healthy".
    std::vector<std::string> listAfter(const StreamReader& reader, std::size_t messages);

    /// Waits until the call has ended, and answers how.
    grpc::StatusCode endOf(const StreamReader& reader);

    /// Calls back within the time that a service manager grants.
    bool shutDown();

    hotplug::Scan hardware;
    DeviceRegistry registry{loop, [this] { return hardware; }, {{.resource = "hailo.ai/device"}}};
    Handover handover{
        {.modes = {HandoverMode::CdiCri, HandoverMode::DeviceSpecs}, .resource = "hailo.ai/device"},
        cdi,
        links,
        views};
    std::vector<std::uint64_t> opened;
    std::vector<std::uint64_t> ended;
    StreamSet streams{[this](std::uint64_t number) { opened.push_back(number); },
                      [this](std::uint64_t number) { ended.push_back(number); }};
    ResourceDevices devices{"hailo.ai/device", streams};
    DevicePluginService service{loop, devices, handover, streams, AllocationPolicy::Packed};
    PluginServer server{loop, {&service}};
    std::filesystem::path path = base.path() / "plugin.sock";
    std::unique_ptr<PluginSocket> socket;

  private:
    bool isShutDown_ = false;
};

} // namespace hdp::testing
