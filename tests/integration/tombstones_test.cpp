// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/node.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

const MockChip held{.address = {0, 1, 0, 0}};
const MockChip other{.address = {0, 2, 0, 0}, .index = 1};

constexpr auto heldId = "0000:01:00.0";
constexpr auto otherId = "0000:02:00.0";

/// A node where a pod holds one of two chips.
class TombstonesTest : public ::testing::Test {
  protected:
    void startWithAPod(const std::vector<std::string>& flags = {}) {
        node.hardware.plug(held);
        node.kubelet.start();
        node.startDaemon(flags);
        ASSERT_TRUE(node.kubeletSees({{heldId, "Healthy"}}));
        const auto allocation = node.kubelet.allocate(
            {.podUid = "pod", .container = "main", .resource = Node::resource, .count = 1});
        ASSERT_TRUE(allocation.admitted()) << allocation.error;
        node.hardware.plug(other);
        ASSERT_TRUE(node.kubeletSees({{heldId, "Healthy"}, {otherId, "Healthy"}}));
    }

    void stopDaemon() {
        node.daemon().signal(SIGTERM);
        ASSERT_EQ(node.daemon().wait(), 0);
    }

    Node node;
};

using AChipThatAPodHolds = TombstonesTest;

TEST_F(AChipThatAPodHolds, IsListedAsGoneByADaemonThatNeverSawIt) {
    startWithAPod();
    stopDaemon();
    node.hardware.unplug(held);
    node.startDaemon();

    EXPECT_TRUE(node.kubeletSees({{heldId, "Unhealthy"}, {otherId, "Healthy"}}));
    EXPECT_EQ(node.kubelet.panicked(), std::nullopt);
}

TEST_F(AChipThatAPodHolds, IsInTheVeryFirstListOfADaemonThatNeverSawIt) {
    startWithAPod();
    stopDaemon();
    node.hardware.unplug(held);
    const auto before = node.kubelet.messageCount(Node::resource);
    node.startDaemon();

    const auto first = node.kubelet.waitForMessage(Node::resource, before + 1);

    EXPECT_EQ(healthOf(first.list), (DeviceHealth{{heldId, "Unhealthy"}, {otherId, "Healthy"}}));
}

TEST_F(AChipThatAPodHolds, IsListedToAKubeletThatStartsAfterTheDaemon) {
    startWithAPod();
    stopDaemon();
    node.hardware.unplug(held);
    node.kubelet.kill();
    node.startDaemon();
    ASSERT_TRUE(node.daemon().says("no kubelet listens"));

    node.kubelet.start();

    EXPECT_TRUE(node.kubeletSees({{heldId, "Unhealthy"}, {otherId, "Healthy"}}));
    EXPECT_EQ(node.kubelet.panicked(), std::nullopt);
}

TEST_F(AChipThatAPodHolds, StaysListedUntilThePodIsGone) {
    startWithAPod({"--tombstone-grace", "0", "--health-interval", "1"});
    node.hardware.unplug(held);
    ASSERT_TRUE(node.kubeletSees({{heldId, "Unhealthy"}, {otherId, "Healthy"}}));

    node.kubelet.forgetPod("pod");

    EXPECT_TRUE(node.kubeletSees({{otherId, "Healthy"}}));
    EXPECT_TRUE(node.daemon().says("chip 0000:01:00.0 is off the list"));
    EXPECT_EQ(node.kubelet.panicked(), std::nullopt);
}

TEST_F(AChipThatAPodHolds, StaysListedWhereNobodyTellsWhoHoldsIt) {
    startWithAPod({"--pod-resources-socket=", "--tombstone-grace", "0", "--health-interval", "1"});
    node.hardware.unplug(held);
    node.kubelet.forgetPod("pod");
    ASSERT_TRUE(node.kubeletSees({{heldId, "Unhealthy"}, {otherId, "Healthy"}}));

    // Two looks of the health timer later, as a change of the other chip's config space shows.
    for (const std::string config : {"\xff\xff\xff\xff", "\x60\x1e\x64\x28"}) {
        node.hardware.setAttribute(other.pciPath(), "config", config);
        const auto health = config[0] == '\xff' ? "Unhealthy" : "Healthy";
        ASSERT_TRUE(node.kubeletSees({{heldId, "Unhealthy"}, {otherId, health}}));
    }
}

} // namespace
} // namespace hdp::testing
