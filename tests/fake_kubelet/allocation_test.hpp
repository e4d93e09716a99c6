// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/kubelet_test.hpp"

#include <optional>
#include <string>
#include <utility>

namespace hdp::testing {

/// A kubelet with a plugin of three healthy devices that is not registered yet.
class AllocationTest : public KubeletTest {
  protected:
    void start(KubeletOptions options = {}) {
        startKubelet(std::move(options));
        plugin_.emplace(folder(), "a.sock", deviceList({"a", "b", "c"}));
    }

    Allocation allocate(const std::string& pod, std::size_t count = 1) {
        return kubelet_->allocate(
            {.podUid = pod, .container = "main", .resource = resource, .count = count});
    }

    [[nodiscard]] static ContainerResource container(const std::string& pod) {
        return {pod, "main", resource};
    }

    /// Makes Allocate answer one environment variable that counts the calls.
    void countCalls() {
        plugin_->onAllocate = [calls = 0](const auto&, auto& response) mutable {
            (*response.add_container_responses()->mutable_envs())["CALL"] = std::to_string(++calls);
            return grpc::Status::OK;
        };
    }

    std::optional<SamplePlugin> plugin_;
};

} // namespace hdp::testing
