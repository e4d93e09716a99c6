// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/eventually.hpp"
#include "tests/integration/node.hpp"
#include "tests/support/process_stats.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace hdp::testing {

inline const MockChip chip{.address = {0, 1, 0, 0}, .index = 0};
inline const MockChip later{.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}};
inline constexpr auto chipId = "0000:01:00.0";
inline const DeviceHealth alone{{chipId, "Healthy"}};
inline const DeviceHealth both{{chipId, "Healthy"}, {"0000:02:00.0", "Healthy"}};

/// A daemon that shall not be worn down, beside a kubelet that may do anything.
class HostileKubeletTest : public ::testing::Test {
  protected:
    HostileKubeletTest() {
        node.hardware.plug(chip);
        node.kubelet.start();
    }

    void startRegistered() {
        node.startDaemon();
        ASSERT_TRUE(node.kubeletSees(alone));
        ASSERT_TRUE(node.daemon().says("registered")); // the last line of its own accord
        ASSERT_TRUE(eventually(
            [this] { return connectionsOn(node.kubeletDirectory() / "kubelet.sock") == 0; }));
        // Not while a file is being read.
        ASSERT_TRUE(eventually([this] {
            restingDescriptors = descriptors();
            return restingDescriptors.lower_bound("/tmp/") ==
                   restingDescriptors.lower_bound("/tmp0");
        }));
    }

    [[nodiscard]] std::map<std::string, std::size_t> descriptors() {
        return descriptorsOf(node.daemon().pid());
    }

    [[nodiscard]] std::filesystem::path pluginSocket() const {
        return node.kubeletDirectory() / node.pluginSockets().at(0);
    }

    /// A call is answered, and a new chip reaches the kubelet.
    void expectItServes() {
        v1beta1::AllocateRequest request;
        request.add_container_requests()->add_devices_ids(chipId);
        v1beta1::AllocateResponse response;
        const auto status = node.kubelet.rawAllocate(Node::resource, request, response);
        EXPECT_TRUE(status.ok()) << status.error_message();
        node.hardware.plug(later);
        EXPECT_TRUE(node.kubeletSees(both));
    }

    void expectNoDescriptorIsLeft() {
        EXPECT_TRUE(eventually([this] { return descriptors() == restingDescriptors; }))
            << ::testing::PrintToString(descriptors()) << " instead of "
            << ::testing::PrintToString(restingDescriptors);
    }

    /// What a process holds breathes with the work, by a factor of two where requests are long. A
    /// leak shows in the peaks: that of the last fifth must not be three times that of the first.
    void expectNoGrowth(std::size_t times, const std::function<void()>& burden) {
        const auto first = peakUnder(times, burden);
        peakUnder(3 * times, burden);
        const auto last = peakUnder(times, burden);
        EXPECT_LT(last, 3 * first);
        RecordProperty("RssAnon", std::to_string(first) + " -> " + std::to_string(last) + " KiB");
    }

    Node node;
    std::map<std::string, std::size_t> restingDescriptors;

  private:
    std::uint64_t peakUnder(std::size_t times, const std::function<void()>& burden) {
        std::uint64_t peak = 0;
        for (std::size_t time = 0; time < times; ++time) {
            burden();
            peak = std::max(peak, memoryOf(node.daemon().pid()).rssAnon);
        }
        return peak;
    }
};

} // namespace hdp::testing
