// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/node.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

const MockChip first{.address = {0, 1, 0, 0}, .index = 0};
const MockChip second{.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}};

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

class HotplugTest : public ::testing::Test {
  protected:
    void startWith(const std::vector<MockChip>& chips, const std::vector<std::string>& flags = {}) {
        for (const auto& chip : chips) {
            node.hardware.plug(chip);
        }
        node.kubelet.start();
        node.startDaemon(flags);
        node.kubelet.waitForRegistration(Node::resource);
    }

    Node node;
};

using ARunningDaemon = HotplugTest;

TEST_F(ARunningDaemon, TellsTheKubeletOfTheChipsThatWereThereBefore) {
    startWith({first, second});

    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}, {secondId, "Healthy"}}));
}

TEST_F(ARunningDaemon, RegistersWithAnEmptyListWhenThereIsNoChip) {
    startWith({});

    EXPECT_TRUE(node.kubeletSees({}));
    EXPECT_FALSE(node.cdiSpec());
}

TEST_F(ARunningDaemon, OffersAChipThatIsPluggedLater) {
    startWith({});
    ASSERT_TRUE(node.kubeletSees({}));

    node.hardware.plug(first);

    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
    EXPECT_EQ(node.cdiNodeOf(firstId), "/dev/hailo0");
}

TEST_F(ARunningDaemon, HearsTheKernelItselfAsInAPod) {
    startWith({}, {"--uevents", "kernel"});

    node.hardware.plug(first);

    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
}

TEST_F(ARunningDaemon, HearsUdevAsOnBareMetal) {
    startWith({}, {"--uevents", "udev"});

    node.hardware.plug(first);

    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
}

TEST_F(ARunningDaemon, KeepsAnUnpluggedChipAsUnhealthyAndSaysWhy) {
    startWith({first, second});
    ASSERT_TRUE(node.kubeletSees({{firstId, "Healthy"}, {secondId, "Healthy"}}));

    node.hardware.unplug(first);

    EXPECT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}, {secondId, "Healthy"}}));
    EXPECT_EQ(node.cdiNodeOf(firstId), "");
    EXPECT_EQ(node.cdiNodeOf(secondId), "/dev/hailo1");
    EXPECT_TRUE(node.daemon().says("HAILO_DEVICE=0000:01:00.0  HAILO_HEALTH=Unhealthy  "
                                   "HAILO_REASON=removed"));
}

TEST_F(ARunningDaemon, RemovesTheCdiFileWithTheLastChip) {
    startWith({first});
    ASSERT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));

    node.hardware.unplug(first);

    EXPECT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}}));
    EXPECT_FALSE(node.cdiSpec());
}

TEST_F(ARunningDaemon, FollowsAChipThatComesBackUnderAnotherIndex) {
    startWith({first});
    ASSERT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
    node.hardware.unplug(first);
    ASSERT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}}));

    auto renumbered = first;
    renumbered.index = 3;
    node.hardware.plug(renumbered);

    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
    EXPECT_EQ(node.cdiNodeOf(firstId), "/dev/hailo3");
    EXPECT_EQ(std::filesystem::read_symlink(node.stateDirectory() / "devices" / firstId),
              "/dev/hailo3");
}

TEST_F(ARunningDaemon, LosesNothingInABurstOfTwoHundredEvents) {
    startWith({first});
    ASSERT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
    const auto before = node.kubelet.messageCount(Node::resource);

    for (int cycle = 0; cycle < 33; ++cycle) { // six uevents each
        node.hardware.plug(second);
        node.hardware.unplug(second);
    }
    node.hardware.plug(second);

    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}, {secondId, "Healthy"}}));
    EXPECT_EQ(node.cdiNodeOf(secondId), "/dev/hailo1");
    // Coalesced: far fewer messages than events.
    EXPECT_LT(node.kubelet.messageCount(Node::resource) - before, 100U);
}

TEST_F(ARunningDaemon, ReportsAChipThatLosesItsDriverAndTakesItBack) {
    startWith({first});
    ASSERT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));

    node.hardware.unbind(first);
    EXPECT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}}));
    EXPECT_TRUE(node.daemon().says("HAILO_REASON=driver-not-bound"));

    node.hardware.bind(first);
    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
}

TEST_F(ARunningDaemon, SeesTheClassFolderThatAppearsWithTheFirstDriver) {
    auto unbound = first;
    unbound.isBound = false;
    startWith({unbound});
    ASSERT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}}));
    ASSERT_FALSE(std::filesystem::exists("/sys/class/hailo_chardev"));

    node.hardware.bind(first);

    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
}

TEST_F(ARunningDaemon, OffersChipsOfTwoDriverGenerationsAtOnce) {
    const MockChip newer{.address = {0, 3, 0, 0},
                         .driverVersion = "5.3.0",
                         .index = 0,
                         .upstream = {{0, 0, 0x1e, 0}}};
    startWith({first, newer});

    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}, {"0000:03:00.0", "Healthy"}}));
    EXPECT_EQ(node.cdiNodeOf(firstId), "/dev/hailo0");
    EXPECT_EQ(node.cdiNodeOf("0000:03:00.0"), "/dev/h1x-0");
}

TEST_F(ARunningDaemon, TellsTheNumaNodeAndLeavesAnUnknownOneOut) {
    auto onNodeOne = first;
    onNodeOne.numaNode = 1;
    startWith({onNodeOne, second});
    ASSERT_TRUE(node.kubeletSees({{firstId, "Healthy"}, {secondId, "Healthy"}}));

    const auto list = node.kubelet.deviceList(Node::resource);

    ASSERT_EQ(list.devices(0).topology().nodes_size(), 1);
    EXPECT_EQ(list.devices(0).topology().nodes(0).id(), 1);
    EXPECT_FALSE(list.devices(1).has_topology());
}

TEST_F(ARunningDaemon, HasTheCdiFileInPlaceBeforeTheKubeletHearsOfAChip) {
    startWith({});
    ASSERT_TRUE(node.kubeletSees({}));

    std::string nodeAtArrival;
    node.hardware.plug(first);
    node.kubelet.waitForDevices(Node::resource, [this, &nodeAtArrival](const auto& list) {
        nodeAtArrival = node.cdiNodeOf(firstId);
        return healthOf(list) == DeviceHealth{{firstId, "Healthy"}};
    });

    EXPECT_EQ(nodeAtArrival, "/dev/hailo0");
}

TEST_F(ARunningDaemon, RestoresTheCdiFileThatSomeoneDeleted) {
    startWith({first});
    ASSERT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));

    std::filesystem::remove(node.cdiFile());

    EXPECT_TRUE(node.daemon().says("wrote the CDI file", 2));
    EXPECT_EQ(node.cdiNodeOf(firstId), "/dev/hailo0");
}

} // namespace
} // namespace hdp::testing
