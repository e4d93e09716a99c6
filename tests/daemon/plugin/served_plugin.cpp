// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/plugin/served_plugin.hpp"

#include "tests/support/loop_runner.hpp"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <future>

#include <grpc/grpc.h>

namespace hdp::testing {

namespace {

/// gRPC 1.51 ends its threads with the last server or channel, and waits for up to 10 s if one of
/// them still polls for a write that was blocked.
const bool isKeptAlive = [] {
    grpc_init();
    return true;
}();

} // namespace

ServedPlugin::ServedPlugin()
    : socket(std::make_unique<PluginSocket>(
          loop, path, [this](int descriptor) { server.adopt(descriptor); })) {
    registry.subscribe(links);
    registry.subscribe(cdi);
    registry.subscribe(devices);
}

ServedPlugin::~ServedPlugin() {
    if (!isShutDown_) {
        streams.close();
        EXPECT_TRUE(shutDown());
    }
}

void ServedPlugin::plug(const std::vector<hotplug::Device>& chips) {
    hardware.devices = chips;
    registry.look();
    inventory = registry.current();
}

std::shared_ptr<grpc::Channel> ServedPlugin::connect() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel("unix:" + path.string(), grpc::InsecureChannelCredentials(),
                                     arguments);
}

grpc::Status
ServedPlugin::call(const std::function<grpc::Status(v1beta1::DevicePlugin::Stub& stub,
                                                    grpc::ClientContext& context)>& work) {
    const auto stub = v1beta1::DevicePlugin::NewStub(connect());
    grpc::ClientContext context;
    auto result = std::async(std::launch::async, [&] { return work(*stub, context); });
    const auto isDone = [&result] {
        return result.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
    };
    if (!waitFor(isDone)) {
        context.TryCancel();
        return {grpc::StatusCode::INTERNAL, "the test waited in vain"};
    }
    return result.get();
}

bool ServedPlugin::waitFor(const std::function<bool()>& condition) {
    return runUntil(loop, condition);
}

std::vector<std::string> ServedPlugin::listAfter(const StreamReader& reader, std::size_t messages) {
    if (!waitFor([&] { return reader.count() >= messages; })) {
        return {"only " + std::to_string(reader.count()) + " messages came"};
    }
    std::vector<std::string> list;
    const auto newest = reader.newest();
    for (const auto& device : newest.devices()) {
        list.push_back(device.id() + " " + device.health());
    }
    return list;
}

grpc::StatusCode ServedPlugin::endOf(const StreamReader& reader) {
    const bool hasEnded = waitFor([&] { return reader.status().has_value(); });
    return hasEnded ? reader.status()->error_code() : grpc::StatusCode::DO_NOT_USE;
}

bool ServedPlugin::shutDown() {
    socket.reset();
    server.shutDown([this] { isShutDown_ = true; });
    return waitFor([this] { return isShutDown_; });
}

} // namespace hdp::testing
