// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/node.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;

const MockChip chip{.address = {0, 1, 0, 0}};
constexpr auto chipId = "0000:01:00.0";
const DeviceHealth healthy{{chipId, "Healthy"}};

class PluginWatcherTest : public ::testing::Test {
  protected:
    PluginWatcherTest() { node.hardware.plug(chip); }

    void startRegistered() {
        node.kubelet.start();
        node.startDaemon(flags);
        ASSERT_TRUE(node.kubeletSees(healthy));
    }

    [[nodiscard]] std::vector<std::string> offers() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(node.pluginsRegistry())) {
            names.push_back(entry.path().filename());
        }
        return names;
    }

    std::vector<std::string> flags{"--kubelet-registration", "watcher"};
    Node node;
};

using ADaemonForThePluginWatcher = PluginWatcherTest;

TEST_F(ADaemonForThePluginWatcher, IsRegisteredByTheKubelet) {
    startRegistered();

    EXPECT_TRUE(node.daemon().says("the plugin watcher registered hailo.ai/device"));
    EXPECT_TRUE(node.pluginSockets().empty()) << "nothing is needed in the other folder";
}

TEST_F(ADaemonForThePluginWatcher, WaitsForAKubeletThatIsNotThereYet) {
    node.startDaemon(flags);
    ASSERT_TRUE(node.daemon().says("offered hailo.ai/device"));

    node.kubelet.start();

    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(ADaemonForThePluginWatcher, AnswersAllocations) {
    startRegistered();

    const auto allocation = node.kubelet.allocate(
        {.podUid = "pod", .container = "main", .resource = Node::resource, .count = 1});

    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    EXPECT_EQ(allocation.response.cdi_devices(0).name(), "hailo.ai/device=0000:01:00.0");
}

TEST_F(ADaemonForThePluginWatcher, IsRegisteredAgainByARestartedKubelet) {
    startRegistered();
    node.kubelet.kill();
    node.kubelet.start();

    EXPECT_TRUE(node.kubeletSees(healthy));
    EXPECT_EQ(offers().size(), 1U);
}

TEST_F(ADaemonForThePluginWatcher, IsRegisteredAgainWhenItsSocketWasDeleted) {
    startRegistered();
    const auto before = offers();
    fs::remove(node.pluginsRegistry() / before.at(0));

    ASSERT_TRUE(node.kubelet.waitUntil([this] {
        return node.kubelet.registrations().size() >= 2 &&
               node.kubelet.openStreams(Node::resource) == 1;
    }));
    EXPECT_TRUE(node.kubeletSees(healthy));
    EXPECT_NE(offers(), before);
}

TEST_F(ADaemonForThePluginWatcher, ReplacesADaemonThatWasKilled) {
    startRegistered();
    node.daemon().signal(SIGKILL);
    node.daemon().wait();
    node.startDaemon(flags);

    ASSERT_TRUE(node.kubelet.waitUntil([this] {
        return node.kubelet.registrations().size() >= 2 &&
               node.kubelet.openStreams(Node::resource) == 1;
    }));
    EXPECT_TRUE(node.kubeletSees(healthy));
    EXPECT_EQ(offers().size(), 1U) << "the dead one's socket is still there";
}

TEST_F(ADaemonForThePluginWatcher, TakesItsSocketAwayOnSigterm) {
    startRegistered();
    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0);
    EXPECT_TRUE(offers().empty());
}

} // namespace
} // namespace hdp::testing
