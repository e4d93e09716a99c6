// SPDX-License-Identifier: Apache-2.0
#include "tests/kubelet/kubelet_node.hpp"

#include "podresources_v1.grpc.pb.h"

#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

namespace hdp::testing {
namespace {

const MockChip first{.address = {0, 1, 0, 0}, .index = 0};
const MockChip second{.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}};

/// The ids that the kubelet tells through podresources as usable.
std::set<std::string> allocatableResources() {
    const auto channel = grpc::CreateChannel("unix:/var/lib/kubelet/pod-resources/kubelet.sock",
                                             grpc::InsecureChannelCredentials());
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + DeviceManager::patience);
    context.set_wait_for_ready(true);
    v1::AllocatableResourcesResponse response;
    const auto status =
        v1::PodResourcesLister::NewStub(channel)->GetAllocatableResources(&context, {}, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::set<std::string> ids;
    for (const auto& entry : response.devices()) {
        ids.insert(entry.device_ids().begin(), entry.device_ids().end());
    }
    return ids;
}

class CapacityTest : public ::testing::Test {
  protected:
    void startWith(const std::vector<MockChip>& chips) {
        for (const auto& chip : chips) {
            node.hardware.plug(chip);
        }
        node.startKubelet();
        node.startDaemon();
        const auto count = static_cast<int>(chips.size());
        ASSERT_TRUE(node.comesToHave({.capacity = count, .allocatable = count}));
    }

    KubeletNode node;
};

using TheCapacityOfANode = CapacityTest;

TEST_F(TheCapacityOfANode, IsUnknownBeforeTheDaemonRegisters) {
    node.startKubelet();

    EXPECT_EQ(node.count(), std::nullopt);
}

TEST_F(TheCapacityOfANode, IsTheNumberOfItsChips) {
    startWith({first, second});

    EXPECT_EQ(allocatableResources(), (std::set<std::string>{"0000:01:00.0", "0000:02:00.0"}));
}

TEST_F(TheCapacityOfANode, IsNoneAndNotUnknownWithoutChips) {
    startWith({});

    EXPECT_EQ(node.count(), NodeCount{});
}

TEST_F(TheCapacityOfANode, IsTheSameWhoeverStartsFirst) {
    node.hardware.plug(first);
    node.startDaemon();
    ASSERT_TRUE(node.daemon().says("no kubelet yet"));

    node.startKubelet();

    EXPECT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 1}));
}

TEST_F(TheCapacityOfANode, GrowsWhenAChipIsPlugged) {
    startWith({first});

    node.hardware.plug(second);

    EXPECT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 2}));
}

TEST_F(TheCapacityOfANode, StaysWhenAChipIsUnpluggedWhichIsNotAllocatableAnyMore) {
    startWith({first, second});

    node.hardware.unplug(first);

    EXPECT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 1}));
    EXPECT_EQ(allocatableResources(), (std::set<std::string>{"0000:02:00.0"}));
}

TEST_F(TheCapacityOfANode, IsWholeAgainWhenAnUnhealthyChipRecovers) {
    startWith({first});
    node.hardware.unbind(first);
    ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 0}));

    node.hardware.bind(first);

    EXPECT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 1}));
}

TEST_F(TheCapacityOfANode, IsNotAllocatableOnceTheDaemonHasStopped) {
    startWith({first});

    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0);
    EXPECT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 0}));
}

class TopologyTest : public CapacityTest {
  protected:
    /// Hints for a container that wants one chip, on a machine with two NUMA nodes.
    nlohmann::json hintsFor(const std::vector<MockChip>& chips) {
        for (const auto& chip : chips) {
            node.hardware.plug(chip);
        }
        node.startKubelet({"-numa-nodes=2"});
        node.startDaemon();
        const auto count = static_cast<int>(chips.size());
        EXPECT_TRUE(node.comesToHave({.capacity = count, .allocatable = count}));
        return node.kubelet()
            .ask(std::string{"topology-hints pod main "} + KubeletNode::resource + " 1")
            .result.at(KubeletNode::resource);
    }

    static MockChip onNode(MockChip chip, int numaNode) {
        chip.numaNode = numaNode;
        return chip;
    }
};

using TheTopologyHintsOfAChip = TopologyTest;

TEST_F(TheTopologyHintsOfAChip, NameItsNumaNode) {
    const auto hints = hintsFor({onNode(first, 1)});

    EXPECT_THAT(hints, ::testing::Contains(nlohmann::json{{"nodes", {1}}, {"preferred", true}}));
    EXPECT_THAT(hints, ::testing::Not(::testing::Contains(
                           nlohmann::json{{"nodes", {0}}, {"preferred", true}})));
}

TEST_F(TheTopologyHintsOfAChip, LeaveTheChoiceBetweenTwoNodesWithOneEach) {
    const auto hints = hintsFor({onNode(first, 0), onNode(second, 1)});

    EXPECT_THAT(hints,
                ::testing::IsSupersetOf({nlohmann::json{{"nodes", {0}}, {"preferred", true}},
                                         nlohmann::json{{"nodes", {1}}, {"preferred", true}}}));
}

// An empty list would mean that no node will do, and the pod would be rejected.
TEST_F(TheTopologyHintsOfAChip, AreNoneAtAllWhenSysfsDoesNotKnowTheNode) {
    EXPECT_TRUE(hintsFor({onNode(first, -1)}).is_null());
}

} // namespace
} // namespace hdp::testing
