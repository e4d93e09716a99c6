// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/dbus_test.hpp"
#include "tests/integration/mock_logind.hpp"
#include "tests/support/process_stats.hpp"

#include <csignal>
#include <cstddef>
#include <memory>
#include <string>

namespace hdp::testing {
namespace {

using ADaemonWhoseBus = DbusTest;

TEST_F(ADaemonWhoseBus, IsAbsentWorksAndJoinsItWhenItComes) {
    startDaemon();
    ASSERT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));
    EXPECT_EQ(node.daemon().count("there is no system bus at"), 1U) << node.daemon().log();

    bus.start();

    EXPECT_TRUE(node.daemon().says("on the system bus as")) << node.daemon().log();
    EXPECT_TRUE(isOnTheBus());
}

TEST_F(ADaemonWhoseBus, IsNotWantedStaysAway) {
    bus.start();
    startDaemon({"--dbus", "off"});
    ASSERT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));

    EXPECT_FALSE(isOnTheBus());
    EXPECT_EQ(node.daemon().count("HAILO_EVENT=dbus"), 0U);
}

TEST_F(ADaemonWhoseBus, HangsAtTheStartWorksAndJoinsItLater) {
    bus.start();
    bus.hang();
    startDaemon({"--health-interval", "1"});
    EXPECT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));
    EXPECT_TRUE(node.daemon().says("it does not answer")) << node.daemon().log();

    bus.goOn();

    EXPECT_TRUE(node.daemon().says("on the system bus as")) << node.daemon().log();
}

TEST_F(ADaemonWhoseBus, HangsLaterGoesOnAndStops) {
    startAll();
    bus.hang();

    for (std::size_t round = 0; round < 5; ++round) {
        simulate("count: 1, script: [{device: 0, becomes: unhealthy}]");
        ASSERT_TRUE(node.kubeletSees({{chipId, "Unhealthy"}}));
        simulate("count: 1, script: []");
        ASSERT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));
    }
    node.daemon().signal(SIGTERM);
    EXPECT_EQ(node.daemon().wait(), 0);
    bus.goOn();
}

TEST_F(ADaemonWhoseBus, DiesAndReturnsAHundredTimesIsThereEachTime) {
    constexpr std::size_t rounds = 100;
    startAll();
    const auto descriptors = [this] { return descriptorsOf(node.daemon().pid()); };
    auto expected = descriptors();

    for (std::size_t round = 1; round <= rounds; ++round) {
        bus.kill();
        bus.start();
        ASSERT_TRUE(eventually([] {
            return property(chipPath, chipInterface, "Healthy") == "b true\n";
        })) << "round "
            << round << "\n"
            << node.daemon().log();
        if (round == 10) { // what the start needed for a moment is closed
            expected = descriptors();
        }
    }

    EXPECT_EQ(property(chipPath, chipInterface, "Healthy"), "b true\n");
    EXPECT_TRUE(eventually([&] { return descriptors() == expected; }));
    EXPECT_TRUE(node.daemon().says("registered hailo.ai/device with"));
    EXPECT_EQ(node.daemon().count("registered hailo.ai/device with"), 1U);
    simulate("count: 0");
    EXPECT_TRUE(node.kubeletSees({{chipId, "Unhealthy"}}));
}

TEST_F(ADaemonWhoseBus, WakesNobodyUpWhileNothingHappens) {
    startAll();
    const auto before = wakeupsOf(node.daemon().pid()).front().wakeups;

    EXPECT_FALSE(
        eventually([&] { return wakeupsOf(node.daemon().pid()).front().wakeups > before + 3; },
                   std::chrono::seconds{3}));
}

/// A machine with logind.
class ShutdownTest : public DbusTest {
  protected:
    void startMachine() {
        bus.start();
        logind = std::make_unique<MockLogind>(bus.address());
        startDaemon();
        ASSERT_TRUE(node.daemon().says("on the system bus as")) << node.daemon().log();
        ASSERT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));
    }

    /// Takes the chip away, and returns when the daemon has noticed.
    void takeChipAway() {
        simulate("count: 0");
        ASSERT_TRUE(node.daemon().says("HAILO_EVENT=config-applied"));
    }

    std::unique_ptr<MockLogind> logind;
};

using AMachineThatGoesDown = ShutdownTest;

TEST_F(AMachineThatGoesDown, TellsTheKubeletOfNoChipThatVanishes) {
    startMachine();
    logind->prepareForShutdown(true);
    ASSERT_TRUE(node.daemon().says("the machine goes down"));
    EXPECT_EQ(property(rootPath, name, "State"), "s \"shutting-down\"\n");
    const auto messages = node.kubelet.messageCount(BareNode::resource);

    takeChipAway();
    // The answer to a call comes after all that the daemon sent before.
    ASSERT_TRUE(
        node.kubelet.allocate({.podUid = "p", .container = "c", .resource = BareNode::resource})
            .admitted());

    EXPECT_EQ(node.kubelet.messageCount(BareNode::resource), messages);
    EXPECT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));
}

TEST_F(AMachineThatGoesDown, AndDoesNotAfterAllIsLookedAtAgain) {
    startMachine();
    logind->prepareForShutdown(true);
    ASSERT_TRUE(node.daemon().says("the machine goes down"));
    takeChipAway();

    logind->prepareForShutdown(false);

    EXPECT_TRUE(node.kubeletSees({{chipId, "Unhealthy"}}));
    EXPECT_TRUE(node.daemon().says("does not go down after all"));
    EXPECT_EQ(property(rootPath, name, "State"), "s \"running\"\n");
}

TEST_F(AMachineThatGoesDown, IsRecognisedByADaemonThatMissedTheSignal) {
    bus.start();
    logind = std::make_unique<MockLogind>(bus.address());
    logind->prepareForShutdown(true);
    startDaemon();

    EXPECT_TRUE(node.daemon().says("the machine goes down"));
}

TEST_F(AMachineThatGoesDown, IsUpAgainIfABusThatReturnsKnowsNothingOfIt) {
    startMachine();
    logind->prepareForShutdown(true);
    ASSERT_TRUE(node.daemon().says("the machine goes down"));
    takeChipAway();

    logind.reset();
    bus.kill();
    bus.start();

    EXPECT_TRUE(node.kubeletSees({{chipId, "Unhealthy"}}));
}

} // namespace
} // namespace hdp::testing
