// SPDX-License-Identifier: Apache-2.0
#include "tests/kubelet/kubelet_node.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace hdp::testing {
namespace {

const MockChip first{.address = {0, 1, 0, 0}, .index = 0};
const MockChip second{.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}};
constexpr NodeCount whole{.capacity = 1, .allocatable = 1};

class WatcherTest : public ::testing::Test {
  protected:
    WatcherTest() { node.hardware.plug(first); }

    void startKubelet() { node.startKubelet({"-watch-plugins"}); }

    void startDaemon() { node.startDaemon({"--kubelet-registration", "watcher"}); }

    void end(int signal) {
        node.daemon().signal(signal);
        ASSERT_TRUE(node.daemon().wait());
    }

    KubeletNode node;
};

using ADaemonThatIsWatchedFor = WatcherTest;

TEST_F(ADaemonThatIsWatchedFor, IsFoundByTheKubelet) {
    startKubelet();
    startDaemon();

    EXPECT_TRUE(node.comesToHave(whole));
}

TEST_F(ADaemonThatIsWatchedFor, IsFoundByAKubeletThatStartsLater) {
    startDaemon();
    startKubelet();

    EXPECT_TRUE(node.comesToHave(whole));
}

TEST_F(ADaemonThatIsWatchedFor, TellsOfAChipThatIsPluggedLater) {
    startKubelet();
    startDaemon();
    ASSERT_TRUE(node.comesToHave(whole));

    node.hardware.plug(second);

    EXPECT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 2}));
}

TEST_F(ADaemonThatIsWatchedFor, HandsOverItsChips) {
    startKubelet();
    startDaemon();
    ASSERT_TRUE(node.comesToHave(whole));

    EXPECT_EQ(node.allocate("pod"), "");

    EXPECT_EQ(node.runOptions("pod").cdiDevices.size(), 1U);
}

TEST_F(ADaemonThatIsWatchedFor, IsFoundAgainByAKubeletThatWasKilled) {
    startKubelet();
    startDaemon();
    for (int restart = 0; restart < 3; ++restart) {
        ASSERT_TRUE(node.comesToHave(whole));
        node.kubelet().signal(SIGKILL);
        ASSERT_TRUE(node.kubelet().wait());
        startKubelet();
    }

    EXPECT_TRUE(node.comesToHave(whole));
}

TEST_F(ADaemonThatIsWatchedFor, IsFoundAgainAfterItsOwnRestart) {
    startKubelet();
    startDaemon();
    ASSERT_TRUE(node.comesToHave(whole));

    for (const int signal : {SIGTERM, SIGKILL}) {
        end(signal);
        EXPECT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 0}));
        startDaemon();
        EXPECT_TRUE(node.comesToHave(whole));
    }
}

} // namespace
} // namespace hdp::testing
