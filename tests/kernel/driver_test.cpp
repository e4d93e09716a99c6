// SPDX-License-Identifier: Apache-2.0
#include "tests/kernel/kernel_test.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using AKernelWithADriver = KernelTest;

/// A probe that fails sends no uevent. Only a timer finds out that it has ended.
const std::vector<std::string> withTimer{"--health-interval", "1"};

TEST_F(AKernelWithADriver, ReportsAChipThatTheDriverLetsGoAndOffersItAgain) {
    start();
    first.plug();
    ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}}));

    first.unbind("hailo");
    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "driver-not-bound"));
    EXPECT_FALSE(node.cdiSpec());

    first.bind("hailo");
    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    EXPECT_EQ(node.cdiNodeOf(first.id()), "/dev/hailo0");
}

TEST_F(AKernelWithADriver, ListsAChipWhoseFirmwareDoesNotLoad) {
    start(withTimer);
    first.setFirmwareLoads(false);

    first.plug();

    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "driver-not-bound"));
    EXPECT_TRUE(node.daemon().says("look for \"Firmware load failed\" in dmesg"));
    EXPECT_FALSE(node.cdiSpec());
}

TEST_F(AKernelWithADriver, OffersAChipOnceItsFirmwareLoads) {
    start();
    first.setFirmwareLoads(false);
    first.plug();
    ASSERT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));

    first.setFirmwareLoads(true);
    first.bind("hailo");

    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    EXPECT_TRUE(cdiLeadsTo(first));
}

TEST_F(AKernelWithADriver, ListsAChipThatNoModuleWasLoadedForAndNamesTheModule) {
    driver.reset();
    start();

    first.plug();

    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    EXPECT_TRUE(node.daemon().says(first.id() + " has no driver: load module hailo_pci"));

    driver.emplace("4.23.0");
    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    EXPECT_TRUE(cdiLeadsTo(first));
}

TEST_F(AKernelWithADriver, FollowsAnUpgradeThatRenamesTheNodes) {
    driver.reset();
    driver.emplace("4.22.0");
    start();
    first.plug(Slot::hailo10h);
    ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    ASSERT_EQ(node.cdiNodeOf(first.id()), "/dev/hailo0");

    driver.reset();
    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    driver.emplace("5.3.0");

    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    EXPECT_EQ(node.cdiNodeOf(first.id()), "/dev/h1x-0");
    EXPECT_EQ(std::filesystem::read_symlink(node.stateDirectory() / "devices" / first.id()),
              "/dev/h1x-0");
    EXPECT_TRUE(node.daemon().says("driver hailo1x 5.3.0"));
}

TEST_F(AKernelWithADriver, TellsWhichChipAnUpgradeLeftBehind) {
    start();
    first.plug(Slot::hailo8);
    ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}}));

    driver.reset();
    driver.emplace("5.3.0"); // knows Hailo-10H and its kin only
    second.plug(Slot::hailo10h);

    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}, {second.id(), healthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "driver-not-bound"));
    EXPECT_EQ(node.cdiNodeOf(second.id()), "/dev/h1x-0");
}

TEST_F(AKernelWithADriver, OffersChipsOfTwoDriversSideBySide) {
    const DriverModule newer{"5.3.0"};
    start();
    first.plug(Slot::hailo8);
    second.plug(Slot::hailo10h);

    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}, {second.id(), healthy}}));
    EXPECT_EQ(node.cdiNodeOf(first.id()), "/dev/hailo0");
    EXPECT_EQ(node.cdiNodeOf(second.id()), "/dev/h1x-0");
}

// Both drivers want to make the class hailo_chardev, and the second cannot.
TEST_F(AKernelWithADriver, TellsWhichChipsTheSecondOfTwoDriversThatClashCannotServe) {
    const DriverModule newer{"5.1.0"};
    start(withTimer);
    first.plug(Slot::hailo8);
    ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}}));

    second.plug(Slot::hailo10h);

    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}, {second.id(), unhealthy}}));
    EXPECT_TRUE(logTells(second, unhealthy, "driver-not-bound"));
    EXPECT_TRUE(cdiLeadsTo(first));
}

} // namespace
} // namespace hdp::testing
