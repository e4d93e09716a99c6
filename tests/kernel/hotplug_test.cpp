// SPDX-License-Identifier: Apache-2.0
#include "tests/kernel/kernel_test.hpp"

#include <filesystem>
#include <string>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;

class HotplugTest : public KernelTest {
  protected:
    void plugAndWait(Slot& slot, const DeviceHealth& expected) {
        slot.plug();
        ASSERT_TRUE(node.kubeletSees(expected));
    }
};

using AKernelWithHotplug = HotplugTest;

TEST_F(AKernelWithHotplug, OffersTheChipsThatWereThereAtBoot) {
    driver.reset();
    first.plug();
    second.plug();
    driver.emplace("4.23.0");

    start();

    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}, {second.id(), healthy}}));
    EXPECT_TRUE(cdiLeadsTo(first));
    EXPECT_TRUE(cdiLeadsTo(second));
    EXPECT_TRUE(logTells(first, healthy, "none"));
}

TEST_F(AKernelWithHotplug, OffersAChipThatIsPluggedLater) {
    start();
    ASSERT_TRUE(node.kubeletSees({}));

    first.plug();

    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    EXPECT_EQ(node.cdiNodeOf(first.id()), "/dev/hailo0");
    EXPECT_TRUE(logTells(first, healthy, "none"));
    EXPECT_TRUE(node.daemon().says("driver hailo 4.23.0"));
}

TEST_F(AKernelWithHotplug, KeepsAChipThatIsPulledOutAsUnhealthy) {
    start();
    plugAndWait(first, {{first.id(), healthy}});
    plugAndWait(second, {{first.id(), healthy}, {second.id(), healthy}});

    first.pullOut();

    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}, {second.id(), healthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "removed"));
    EXPECT_EQ(node.cdiNodeOf(first.id()), "");
    EXPECT_EQ(node.cdiNodeOf(second.id()), "/dev/hailo1");
}

TEST_F(AKernelWithHotplug, TakesTheCdiFileAwayWithTheLastChip) {
    start();
    plugAndWait(first, {{first.id(), healthy}});

    first.pullOut();

    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "removed")); // its node may have gone before it
    EXPECT_FALSE(node.cdiSpec());
}

TEST_F(AKernelWithHotplug, FollowsChipsThatComeBackUnderOtherNumbers) {
    start();
    plugAndWait(first, {{first.id(), healthy}});
    plugAndWait(second, {{first.id(), healthy}, {second.id(), healthy}});
    ASSERT_EQ(node.cdiNodeOf(first.id()), "/dev/hailo0");
    ASSERT_EQ(node.cdiNodeOf(second.id()), "/dev/hailo1");
    first.pullOut();
    second.pullOut();
    ASSERT_TRUE(node.kubeletSees({{first.id(), unhealthy}, {second.id(), unhealthy}}));

    plugAndWait(second, {{first.id(), unhealthy}, {second.id(), healthy}});
    plugAndWait(first, {{first.id(), healthy}, {second.id(), healthy}});

    EXPECT_EQ(node.cdiNodeOf(second.id()), "/dev/hailo0");
    EXPECT_EQ(node.cdiNodeOf(first.id()), "/dev/hailo1");
    const auto links = node.stateDirectory() / "devices";
    EXPECT_EQ(fs::read_symlink(links / second.id()), "/dev/hailo0");
    EXPECT_EQ(fs::read_symlink(links / first.id()), "/dev/hailo1");
}

TEST_F(AKernelWithHotplug, KeepsTheChipOfAPodListedUntilThePodIsGone) {
    start({"--tombstone-grace", "0", "--health-interval", "1"});
    plugAndWait(first, {{first.id(), healthy}});
    const auto allocation = node.kubelet.allocate(
        {.podUid = "pod", .container = "main", .resource = BareNode::resource, .count = 1});
    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    plugAndWait(second, {{first.id(), healthy}, {second.id(), healthy}});

    first.pullOut();
    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}, {second.id(), healthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "removed"));

    node.kubelet.forgetPod("pod");
    EXPECT_TRUE(node.kubeletSees({{second.id(), healthy}}));
    EXPECT_EQ(node.kubelet.panicked(), std::nullopt);
}

TEST_F(AKernelWithHotplug, LeadsAPodThatStartsAgainToItsChipUnderAnotherNumber) {
    start();
    plugAndWait(first, {{first.id(), healthy}});
    const ContainerRequest request{
        .podUid = "pod", .container = "main", .resource = BareNode::resource, .count = 1};
    ASSERT_TRUE(node.kubelet.allocate(request).admitted());
    first.pullOut();
    ASSERT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    plugAndWait(second, {{first.id(), unhealthy}, {second.id(), healthy}}); // takes hailo0
    plugAndWait(first, {{first.id(), healthy}, {second.id(), healthy}});

    const auto replay = node.kubelet.startContainer(request.key());

    ASSERT_TRUE(replay.admitted()) << replay.error;
    ASSERT_EQ(replay.response.devices_size(), 1);
    EXPECT_EQ(fs::read_symlink(replay.response.devices(0).host_path()), first.deviceNode());
}

TEST_F(AKernelWithHotplug, LosesNothingInFiftyRapidCycles) {
    start();
    plugAndWait(first, {{first.id(), healthy}});

    for (int cycle = 0; cycle < 50; ++cycle) {
        second.plug();
        second.pullOut();
    }
    second.plug();
    remote.plug(); // who sees it looked after all that

    EXPECT_TRUE(
        node.kubeletSees({{first.id(), healthy}, {second.id(), healthy}, {remote.id(), healthy}}));
    EXPECT_TRUE(cdiLeadsTo(first));
    EXPECT_TRUE(cdiLeadsTo(second));
    EXPECT_TRUE(cdiLeadsTo(remote));
}

TEST_F(AKernelWithHotplug, KnowsThatAChipIsGoneAfterFiftyRapidCycles) {
    start();

    for (int cycle = 0; cycle < 50; ++cycle) {
        first.plug();
        first.pullOut();
    }
    second.plug();

    ASSERT_TRUE(node.kubelet.waitUntil([this] { return node.devices().contains(second.id()); }));
    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}, {second.id(), healthy}}));
    EXPECT_EQ(node.cdiNodeOf(first.id()), "");
    EXPECT_TRUE(cdiLeadsTo(second));
}

} // namespace
} // namespace hdp::testing
