// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/stream_probe.hpp"

#include "tests/fake_kubelet/plugin_client.hpp"

#include <stdexcept>

namespace hdp::testing {

StreamProbe::StreamProbe(const std::filesystem::path& socket)
    : client_(std::make_unique<PluginClient>("", socket)) {
    client_->watch(
        [this](const v1beta1::ListAndWatchResponse& list) {
            const std::lock_guard lock(mutex_);
            last_ = {list, last_.number + 1, std::chrono::steady_clock::now()};
            changed_.notify_all();
        },
        [this](const grpc::Status& status) {
            const std::lock_guard lock(mutex_);
            end_ = status;
            changed_.notify_all();
        });
}

StreamProbe::~StreamProbe() = default;

Message StreamProbe::waitForMessage(std::size_t number, std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, timeout, [this, number] { return last_.number >= number; })) {
        throw std::runtime_error("message " + std::to_string(number) + " did not come");
    }
    return last_;
}

grpc::Status StreamProbe::waitForEnd(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, timeout, [this] { return end_.has_value(); })) {
        throw std::runtime_error("the stream did not end");
    }
    return *end_;
}

void StreamProbe::cancel() {
    client_->abort();
}

} // namespace hdp::testing
