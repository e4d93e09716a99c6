// SPDX-License-Identifier: Apache-2.0
#include "tests/kubelet/allocatable_history.hpp"
#include "tests/kubelet/kubelet_node.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <iostream>
#include <optional>

namespace hdp::testing {
namespace {

const MockChip chip{.address = {0, 1, 0, 0}, .index = 0};
constexpr NodeCount whole{.capacity = 1, .allocatable = 1};

// With maxSurge 0 a DaemonSet stops the old daemon and starts the new one: the node has nothing to
// allocate between the two, which here takes 60 ms.
//
// With maxSurge 1 the new one starts first. Both feed the kubelet until the old one stops. Kubelets
// up to 1.36 then end the stream of the new one, which is the newest, and count nothing until it
// has registered again: its first wait is 0.1 to 0.2 s, so that this gap is the longer one.
constexpr std::chrono::seconds longOutage{3};

class ReplacementTest : public ::testing::Test {
  protected:
    ReplacementTest() {
        node.hardware.plug(chip);
        node.startKubelet();
    }

    static void stop(DaemonProcess& daemon) {
        daemon.signal(SIGTERM);
        ASSERT_EQ(daemon.wait(), 0);
    }

    KubeletNode node;
    std::optional<DaemonProcess> successor;
};

using AReplacedDaemon = ReplacementTest;

TEST_F(AReplacedDaemon, IsMissedOnlyUntilItsSuccessorRegistersWhenItStopsFirst) {
    node.startDaemon();
    ASSERT_TRUE(node.comesToHave(whole));
    AllocatableHistory history(node);

    stop(node.daemon());
    successor.emplace(node.daemonArguments());

    ASSERT_TRUE(successor->says("registered"));
    ASSERT_TRUE(node.comesToHave(whole));
    EXPECT_LT(history.outage(), longOutage) << history.text();
    std::cout << "milliseconds: allocatable = " << history.text() << "\n";
}

TEST_F(AReplacedDaemon, IsMissedWhenItsSuccessorStartedFirstButNotForLong) {
    node.startDaemon();
    ASSERT_TRUE(node.comesToHave(whole));
    AllocatableHistory history(node);

    successor.emplace(node.daemonArguments());
    ASSERT_TRUE(successor->says("registered"));
    stop(node.daemon());

    ASSERT_TRUE(successor->says("registered", 2));
    ASSERT_TRUE(node.comesToHave(whole));
    EXPECT_LT(history.outage(), longOutage) << history.text();
    std::cout << "milliseconds: allocatable = " << history.text() << "\n";
}

TEST_F(AReplacedDaemon, ServesOnWhenItsSuccessorStops) {
    node.startDaemon();
    ASSERT_TRUE(node.comesToHave(whole));
    AllocatableHistory history(node);
    successor.emplace(node.daemonArguments());
    ASSERT_TRUE(successor->says("registered"));

    stop(*successor);

    EXPECT_TRUE(node.comesToHave(whole));
    EXPECT_LT(history.outage(), longOutage) << history.text();
    EXPECT_EQ(node.allocate("pod"), "");
}

// Nothing in the folder changes, so it is found at the next health tick.
TEST_F(AReplacedDaemon, ServesOnWhenItsSuccessorIsKilled) {
    node.startDaemon({"--health-interval", "1"});
    ASSERT_TRUE(node.comesToHave(whole));
    successor.emplace(node.daemonArguments());
    ASSERT_TRUE(successor->says("registered"));
    successor->signal(SIGKILL);
    ASSERT_EQ(successor->wait(), 128 + SIGKILL);

    ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 0}));
    EXPECT_TRUE(node.comesToHave(whole));
    EXPECT_EQ(node.allocate("pod"), "");
}

} // namespace
} // namespace hdp::testing
