// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/plugin_client.hpp"

#include "tests/fake_kubelet/channel.hpp"
#include "tests/fake_kubelet/go_error.hpp"

#include <grpcpp/grpcpp.h>

#include <utility>

namespace hdp::testing {

namespace {

using std::chrono::system_clock;

grpc::Status closedError() {
    return {grpc::StatusCode::CANCELLED, "grpc: the client connection is closing"};
}

/// Waits for the one event of the queue; cancels the call when the channel has not connected in
/// time. Answers whether it did.
bool waitForAnswer(grpc::CompletionQueue& queue,
                   grpc::ClientContext& context,
                   grpc::Channel& channel,
                   std::chrono::milliseconds timeout) {
    void* tag = nullptr;
    bool ok = false;
    if (queue.AsyncNext(&tag, &ok, system_clock::now() + timeout) ==
        grpc::CompletionQueue::GOT_EVENT) {
        return true;
    }
    const bool connected = channel.GetState(false) == GRPC_CHANNEL_READY;
    if (!connected) {
        context.TryCancel();
    }
    queue.Next(&tag, &ok);
    return connected;
}

std::string dialError(std::string_view reason) {
    return "failed to dial device plugin: context " + std::string(reason);
}

/// The caller's own end, before there was a connection, is an error of the dial too.
std::string connectError(const grpc::Status& status, bool connected) {
    if (!connected && status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
        return dialError("deadline exceeded");
    }
    if (!connected && status.error_code() == grpc::StatusCode::CANCELLED) {
        return dialError("canceled");
    }
    return "failed to get device plugin options: " + goError(status);
}

} // namespace

PluginClient::Connection::Connection(const std::filesystem::path& socket)
    : channel(openChannel(socket)), stub(channel) {}

PluginClient::PluginClient(std::string resource, std::filesystem::path socket)
    : resource_(std::move(resource)),
      socket_(std::move(socket)),
      connection_(std::make_shared<Connection>(socket_)) {}

PluginClient::~PluginClient() {
    abort();
    if (streamThread_.joinable()) {
        streamThread_.join();
    }
}

std::optional<std::string> PluginClient::connect(const Dial& dial) {
    const auto connection = this->connection();
    if (!connection) {
        return dialError("canceled");
    }
    CancellableCalls::Call call(calls_, dial.caller);
    call.context().set_wait_for_ready(true);
    grpc::CompletionQueue queue;
    grpc::Status status;
    const auto answer = connection->stub.AsyncGetDevicePluginOptions(
        &call.context(), v1beta1::Empty::default_instance(), &queue);
    answer->Finish(&options_, &status, nullptr);
    if (!waitForAnswer(queue, call.context(), *connection->channel, dial.timeout)) {
        return dialError("deadline exceeded");
    }
    if (!status.ok()) {
        return connectError(status, connection->channel->GetState(false) == GRPC_CHANNEL_READY);
    }
    connected_ = true;
    return std::nullopt;
}

void PluginClient::watch(OnList onList, OnEnd onEnd) {
    streamThread_ = std::thread([this, onList = std::move(onList), onEnd = std::move(onEnd)] {
        readStream(onList, onEnd);
    });
}

void PluginClient::readStream(const OnList& onList, const OnEnd& onEnd) {
    onEnd(readLists(onList));
    streamEnded_ = true;
}

grpc::Status PluginClient::readLists(const OnList& onList) {
    return call([&onList](v1beta1::DevicePlugin::Stub& stub, grpc::ClientContext& context) {
        const auto stream = stub.ListAndWatch(&context, v1beta1::Empty::default_instance());
        for (v1beta1::ListAndWatchResponse list; stream->Read(&list);) {
            onList(list);
        }
        return stream->Finish();
    });
}

grpc::Status PluginClient::allocate(const v1beta1::AllocateRequest& request,
                                    v1beta1::AllocateResponse& response) {
    return call([&](v1beta1::DevicePlugin::Stub& stub, grpc::ClientContext& context) {
        return stub.Allocate(&context, request, &response);
    });
}

grpc::Status PluginClient::preferredAllocation(const v1beta1::PreferredAllocationRequest& request,
                                               v1beta1::PreferredAllocationResponse& response) {
    return call([&](v1beta1::DevicePlugin::Stub& stub, grpc::ClientContext& context) {
        return stub.GetPreferredAllocation(&context, request, &response);
    });
}

grpc::Status PluginClient::preStartContainer(const v1beta1::PreStartContainerRequest& request,
                                             std::chrono::milliseconds timeout) {
    return call([&](v1beta1::DevicePlugin::Stub& stub, grpc::ClientContext& context) {
        context.set_deadline(system_clock::now() + timeout);
        v1beta1::PreStartContainerResponse response;
        return stub.PreStartContainer(&context, request, &response);
    });
}

void PluginClient::disconnect() {
    if (connected_) {
        abort();
    }
}

void PluginClient::abort() {
    {
        const std::lock_guard lock(mutex_);
        connection_.reset();
    }
    calls_.cancelAll();
}

std::shared_ptr<PluginClient::Connection> PluginClient::connection() const {
    const std::lock_guard lock(mutex_);
    return connection_;
}

grpc::Status PluginClient::call(const Method& method) {
    const auto connection = this->connection();
    if (!connection) {
        return closedError();
    }
    CancellableCalls::Call call(calls_);
    return method(connection->stub, call.context());
}

} // namespace hdp::testing
