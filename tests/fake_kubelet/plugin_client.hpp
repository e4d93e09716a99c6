// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/cancellable_calls.hpp"

#include "deviceplugin_v1beta1.grpc.pb.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace hdp::testing {

/// The kubelet's connection to one plugin socket, with the one ListAndWatch stream on it. Calls
/// that find the connection closed answer CANCELLED, as grpc-go does. Any thread.
class PluginClient {
  public:
    using OnList = std::function<void(const v1beta1::ListAndWatchResponse& list)>;
    using OnEnd = std::function<void(const grpc::Status& status)>;

    struct Dial {
        std::chrono::milliseconds timeout{};
        const grpc::ServerContext* caller = nullptr; ///< ends the dial together with this call
    };

    PluginClient(std::string resource, std::filesystem::path socket);
    /// Breaks the connection and waits for the stream's thread; not to be run on that thread.
    ~PluginClient();
    PluginClient(const PluginClient&) = delete;
    PluginClient& operator=(const PluginClient&) = delete;
    PluginClient(PluginClient&&) = delete;
    PluginClient& operator=(PluginClient&&) = delete;

    [[nodiscard]] const std::string& resource() const { return resource_; }

    [[nodiscard]] const std::filesystem::path& socket() const { return socket_; }

    /// What the plugin answered to connect().
    [[nodiscard]] const v1beta1::DevicePluginOptions& options() const { return options_; }

    /// Waits for the connection up to the timeout, then for GetDevicePluginOptions without one.
    /// Answers the kubelet's error text, nothing on success.
    std::optional<std::string> connect(const Dial& dial);

    /// Opens ListAndWatch, once; both handlers run on the stream's thread, OnEnd last.
    void watch(OnList onList, OnEnd onEnd);

    grpc::Status allocate(const v1beta1::AllocateRequest& request,
                          v1beta1::AllocateResponse& response);
    grpc::Status preferredAllocation(const v1beta1::PreferredAllocationRequest& request,
                                     v1beta1::PreferredAllocationResponse& response);
    grpc::Status preStartContainer(const v1beta1::PreStartContainerRequest& request,
                                   std::chrono::milliseconds timeout);

    /// Closes the connection. Does nothing while it is still being dialled, like the real one.
    void disconnect();

    /// Closes the connection in any state, as the end of the process does.
    void abort();

    /// The stream is over and the connection closed: destruction will not wait.
    [[nodiscard]] bool isFinished() const { return streamEnded_ && isClosed(); }

  private:
    struct Connection {
        explicit Connection(const std::filesystem::path& socket);

        std::shared_ptr<grpc::Channel> channel;
        v1beta1::DevicePlugin::Stub stub;
    };

    using Method = std::function<grpc::Status(v1beta1::DevicePlugin::Stub&, grpc::ClientContext&)>;

    [[nodiscard]] std::shared_ptr<Connection> connection() const;

    [[nodiscard]] bool isClosed() const { return connection() == nullptr; }

    void readStream(const OnList& onList, const OnEnd& onEnd);
    grpc::Status readLists(const OnList& onList);
    grpc::Status call(const Method& method);

    const std::string resource_;
    const std::filesystem::path socket_;
    mutable std::mutex mutex_;
    std::shared_ptr<Connection> connection_; ///< none once it is closed
    CancellableCalls calls_;
    v1beta1::DevicePluginOptions options_;
    std::atomic<bool> connected_ = false;
    std::atomic<bool> streamEnded_ = false;
    std::thread streamThread_;
};

} // namespace hdp::testing
