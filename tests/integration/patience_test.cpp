// SPDX-License-Identifier: Apache-2.0
// What takes the daemon's time limits to end: 20 s for a Register call, 10 s for the stream after
// it.
#include "tests/integration/eventually.hpp"
#include "tests/integration/node.hpp"
#include "tests/support/process_stats.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;

const MockChip chip{.address = {0, 1, 0, 0}, .index = 0};
constexpr auto chipId = "0000:01:00.0";
const DeviceHealth healthy{{chipId, "Healthy"}};

class PatienceTest : public ::testing::Test {
  protected:
    void startBesideKubeletThat(const Misbehaviour& misbehaviour) {
        node.kubelet.misbehave(misbehaviour);
        node.kubelet.start();
        node.startDaemon();
    }

    [[nodiscard]] bool registers(std::size_t times) {
        return node.kubelet.waitUntil(
            [this, times] { return node.kubelet.registrations().size() >= times; }, 60s);
    }

    /// The kubelet is right again, and the daemon comes to it by itself.
    void expectRecovery() {
        node.kubelet.misbehave({});
        ASSERT_TRUE(node.kubelet.waitUntil(
            [this] { return node.kubelet.openStreams(Node::resource) == 1; }, 60s));
        EXPECT_TRUE(node.kubeletSees({}));
        node.hardware.plug(chip);
        EXPECT_TRUE(node.kubeletSees(healthy));
        EXPECT_EQ(node.kubelet.openStreams(Node::resource), 1U);
    }

    Node node;
};

using ADaemonWithPatience = PatienceTest;

TEST_F(ADaemonWithPatience, SaysOnceThatAKubeletAcceptsAndNeverDialsBack) {
    startBesideKubeletThat({.dialsBack = false});
    ASSERT_TRUE(registers(2));

    expectRecovery();

    EXPECT_EQ(node.kubelet.registrations().size(), 3U);
    EXPECT_EQ(node.daemon().count("did not call ListAndWatch within 10 s"), 1U)
        << node.daemon().log();
    EXPECT_EQ(node.daemon().count("registered hailo.ai/device with"), 1U) << node.daemon().log();
}

TEST_F(ADaemonWithPatience, SaysOnceThatAKubeletDialsBackAndNeverListens) {
    startBesideKubeletThat({.listsDevices = false});
    ASSERT_TRUE(registers(2));

    expectRecovery();

    EXPECT_EQ(node.kubelet.registrations().size(), 3U);
    EXPECT_EQ(node.daemon().count("did not call ListAndWatch within 10 s"), 1U)
        << node.daemon().log();
    EXPECT_EQ(node.daemon().count("registered hailo.ai/device with"), 1U) << node.daemon().log();
}

TEST_F(ADaemonWithPatience, GivesUpARegisterCallThatIsNeverAnswered) {
    startBesideKubeletThat({.answers = false});
    node.hardware.plug(chip);
    EXPECT_TRUE(eventually([this] { return node.cdiNodeOf(chipId) == "/dev/hailo0"; }));
    node.hardware.unplug(chip);
    ASSERT_TRUE(eventually(
        [this] { return node.daemon().count("did not register hailo.ai/device") == 1; }, 60s))
        << node.daemon().log();

    node.kubelet.misbehave({});

    EXPECT_TRUE(node.kubeletSees({{chipId, "Unhealthy"}}));
    EXPECT_EQ(node.kubelet.openStreams(Node::resource), 1U);
}

TEST_F(ADaemonWithPatience, StopsAtOnceWhileARegisterCallIsNotAnswered) {
    node.kubelet.misbehave({.answers = false});
    node.kubelet.start();
    node.startDaemon({"--log-level", "debug"});
    ASSERT_TRUE(node.daemon().says("is registering"));
    const auto before = std::chrono::steady_clock::now();

    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - before, 10s);
    EXPECT_TRUE(node.pluginSockets().empty());
}

} // namespace
} // namespace hdp::testing
