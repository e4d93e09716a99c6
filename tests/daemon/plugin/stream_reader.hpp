// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deviceplugin_v1beta1.grpc.pb.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace hdp::testing {

/// One ListAndWatch call as a kubelet makes it, read by a thread of its own until it ends. Any
/// thread. Destruction cancels the call.
class StreamReader {
  public:
    using Message = v1beta1::ListAndWatchResponse;

    enum class Pace {
        Eager,   ///< reads what comes
        OnDemand ///< reads nothing before readOn()
    };

    explicit StreamReader(const std::shared_ptr<grpc::Channel>& channel, Pace pace = Pace::Eager);
    StreamReader(const StreamReader&) = delete;
    StreamReader& operator=(const StreamReader&) = delete;
    ~StreamReader();

    void readOn();

    void cancel() { context_.TryCancel(); }

    [[nodiscard]] std::size_t count() const;

    /// The message that came last; an empty one before the first.
    [[nodiscard]] Message newest() const;

    /// How the call ended; nothing while it goes on.
    [[nodiscard]] std::optional<grpc::Status> status() const;

  private:
    void read();

    grpc::ClientContext context_;
    std::unique_ptr<v1beta1::DevicePlugin::Stub> stub_;
    std::atomic<bool> mayRead_ = false;
    mutable std::mutex mutex_;
    std::size_t count_ = 0;
    Message newest_;
    std::optional<grpc::Status> status_;
    std::jthread thread_;
};

} // namespace hdp::testing
