// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deviceplugin_v1beta1.grpc.pb.h"

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace grpc {
class Server;
} // namespace grpc

namespace hdp::testing {

class SampleStream;

/// A list as a plugin sends it: the ids of healthy devices, then those of unhealthy ones.
v1beta1::ListAndWatchResponse deviceList(const std::vector<std::string>& healthy,
                                         const std::vector<std::string>& unhealthy = {});

/// A small device plugin to play the other side in the fake kubelet's own tests. Serves from
/// construction to destruction; the handlers are set before it is registered.
class SamplePlugin final : public v1beta1::DevicePlugin::WithCallbackMethod_ListAndWatch<
                               v1beta1::DevicePlugin::Service> {
  public:
    /// Serves on directory/endpoint.
    SamplePlugin(const std::filesystem::path& directory,
                 std::string endpoint,
                 v1beta1::ListAndWatchResponse devices = {});
    ~SamplePlugin() override;
    SamplePlugin(const SamplePlugin&) = delete;
    SamplePlugin& operator=(const SamplePlugin&) = delete;
    SamplePlugin(SamplePlugin&&) = delete;
    SamplePlugin& operator=(SamplePlugin&&) = delete;

    v1beta1::DevicePluginOptions options{};
    std::function<grpc::Status()> onOptions{};
    /// Absent: one empty container response per container request.
    std::function<grpc::Status(const v1beta1::AllocateRequest&, v1beta1::AllocateResponse&)>
        onAllocate{};
    std::function<grpc::Status(const v1beta1::PreferredAllocationRequest&,
                               v1beta1::PreferredAllocationResponse&)>
        onPreferred{};
    std::function<grpc::Status(const v1beta1::PreStartContainerRequest&)> onPreStart{};

    [[nodiscard]] const std::string& endpoint() const { return endpoint_; }

    v1beta1::RegisterRequest registerRequest(const std::string& resource) const;

    /// Sends the list on every open stream, and first on each new one.
    void send(const v1beta1::ListAndWatchResponse& devices);
    /// Ends every open stream, oldest first.
    void endStreams();
    /// Ends the one that has been open longest.
    void endOldestStream();
    [[nodiscard]] std::size_t openStreams() const;
    [[nodiscard]] bool waitForOpenStreams(std::size_t count) const;
    /// Calls in the order they came: "options", "list", "preferred", "allocate", "prestart".
    [[nodiscard]] std::vector<std::string> calls() const;
    [[nodiscard]] bool waitForCall(const std::string& name) const;
    [[nodiscard]] bool lastCallHadDeadline() const;
    /// The :authority of the last GetDevicePluginOptions call.
    [[nodiscard]] std::string authority() const;

  private:
    friend class SampleStream;

    grpc::Status GetDevicePluginOptions(grpc::ServerContext* context,
                                        const v1beta1::Empty* request,
                                        v1beta1::DevicePluginOptions* response) override;
    grpc::ServerWriteReactor<v1beta1::ListAndWatchResponse>*
    ListAndWatch(grpc::CallbackServerContext* context, const v1beta1::Empty* request) override;
    grpc::Status GetPreferredAllocation(grpc::ServerContext* context,
                                        const v1beta1::PreferredAllocationRequest* request,
                                        v1beta1::PreferredAllocationResponse* response) override;
    grpc::Status Allocate(grpc::ServerContext* context,
                          const v1beta1::AllocateRequest* request,
                          v1beta1::AllocateResponse* response) override;
    grpc::Status PreStartContainer(grpc::ServerContext* context,
                                   const v1beta1::PreStartContainerRequest* request,
                                   v1beta1::PreStartContainerResponse* response) override;
    void called(const std::string& name, const grpc::ServerContextBase& context);
    void forget(SampleStream* stream);

    const std::string endpoint_;
    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    v1beta1::ListAndWatchResponse devices_;
    std::vector<SampleStream*> streams_; ///< oldest first; each owns itself until OnDone
    std::vector<std::string> calls_;
    bool hadDeadline_ = false;
    std::string authority_;
    std::unique_ptr<grpc::Server> server_;
};

/// Calls Register on a kubelet socket.
grpc::Status registerWith(const std::filesystem::path& kubeletSocket,
                          const v1beta1::RegisterRequest& request,
                          std::optional<std::chrono::milliseconds> timeout = std::nullopt);

} // namespace hdp::testing
