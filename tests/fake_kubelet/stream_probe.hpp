// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/message.hpp"

#include <grpcpp/support/status.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

namespace hdp::testing {

class PluginClient;

/// A ListAndWatch stream of the test's own, on a connection of its own, beside the kubelet's.
/// Ends with the object. The waits throw std::runtime_error when time is up.
class StreamProbe {
  public:
    explicit StreamProbe(const std::filesystem::path& socket);
    ~StreamProbe();
    StreamProbe(const StreamProbe&) = delete;
    StreamProbe& operator=(const StreamProbe&) = delete;
    StreamProbe(StreamProbe&&) = delete;
    StreamProbe& operator=(StreamProbe&&) = delete;

    /// The message of that number, or the newest when later ones have come already.
    Message waitForMessage(std::size_t number,
                           std::chrono::milliseconds timeout = std::chrono::seconds(10));
    grpc::Status waitForEnd(std::chrono::milliseconds timeout = std::chrono::seconds(10));
    void cancel();

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    Message last_;
    std::optional<grpc::Status> end_;
    std::unique_ptr<PluginClient> client_;
};

} // namespace hdp::testing
