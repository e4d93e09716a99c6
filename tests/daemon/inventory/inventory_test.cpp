// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/inventory.hpp"
#include "tests/daemon/builders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hdp::testing {
namespace {

using hotplug::Reason;
using ::testing::HasSubstr;

constexpr auto firstId = "0000:01:00.0";
constexpr auto wideId = "10000:01:00.0";

TEST(AnInventory, FindsAChipByItsId) {
    const auto inventory = inventoryOf({chip(firstId), chip("0000:02:00.0", 1)});

    ASSERT_NE(inventory.find("0000:02:00.0"), nullptr);
    EXPECT_EQ(inventory.find("0000:02:00.0")->device.classDevice->name, "hailo1");
}

TEST(AnInventory, FindsAChipInAWideDomain) {
    const auto inventory = inventoryOf({chip(firstId), chip(wideId, 1)});

    ASSERT_NE(inventory.find(wideId), nullptr);
    EXPECT_EQ(inventory.find(wideId)->id, wideId);
}

TEST(AnInventory, KnowsAnIdInItsOwnSpellingOnly) {
    const auto inventory = inventoryOf({chip("0000:0a:00.0")});

    EXPECT_NE(inventory.find("0000:0a:00.0"), nullptr);
    EXPECT_EQ(inventory.find("0000:0A:00.0"), nullptr);
    EXPECT_EQ(inventory.find("0000:0a:00.0 "), nullptr);
    EXPECT_EQ(inventory.find("00000:0a:00.0"), nullptr);
    EXPECT_EQ(inventory.find("0a:00.0"), nullptr);
}

TEST(AnInventory, DoesNotFindWhatIsNoAddress) {
    const auto inventory = inventoryOf({chip(firstId)});

    EXPECT_EQ(inventory.find(""), nullptr);
    EXPECT_EQ(inventory.find("hailo0"), nullptr);
    EXPECT_EQ(inventory.find(std::string(1U << 20U, '0')), nullptr);
    EXPECT_EQ(inventory.find(firstId + std::string(1U << 20U, '0')), nullptr);
    EXPECT_EQ(inventory.find(std::string(1U << 20U, '1') + ":01:00.0"), nullptr);
}

TEST(AnInventory, DoesNotFindTheNeighboursOfItsChips) {
    const auto inventory = inventoryOf({chip("0000:02:00.0")});

    EXPECT_EQ(inventory.find("0000:01:00.0"), nullptr);
    EXPECT_EQ(inventory.find("0000:03:00.0"), nullptr);
    EXPECT_EQ(Inventory{}.find("0000:02:00.0"), nullptr);
}

TEST(AChip, ThatLacksNothingIsHealthy) {
    const auto status = statusOf(chip(firstId));

    EXPECT_EQ(status.health, Health::Healthy);
    EXPECT_EQ(status.id, firstId);
    EXPECT_EQ(status.mainProblem(), nullptr);
}

TEST(AChip, ThatIsDegradedIsStillHealthyAndSaysWhy) {
    const auto status = statusOf(with(Reason::WideDomain, chip(wideId)));

    EXPECT_EQ(status.health, Health::Healthy);
    ASSERT_NE(status.mainProblem(), nullptr);
    EXPECT_EQ(status.mainProblem()->reason, Reason::WideDomain);
}

class AnUnusableChip : public ::testing::TestWithParam<Reason> {};

TEST_P(AnUnusableChip, IsUnhealthyForItsReason) {
    const auto status = statusOf(with(GetParam(), chip(firstId)));

    EXPECT_EQ(status.health, Health::Unhealthy);
    ASSERT_NE(status.mainProblem(), nullptr);
    EXPECT_EQ(status.mainProblem()->reason, GetParam());
}

INSTANTIATE_TEST_SUITE_P(OfEachReason,
                         AnUnusableChip,
                         ::testing::Values(Reason::Removed,
                                           Reason::DriverNotBound,
                                           Reason::ForeignDriver,
                                           Reason::ClassDeviceMissing,
                                           Reason::ClassDeviceAmbiguous,
                                           Reason::PciFunctionMissing,
                                           Reason::AttributeUnreadable,
                                           Reason::NodeMissing,
                                           Reason::NodeNotADevice,
                                           Reason::NodeMismatch,
                                           Reason::ConfigSpaceDead));

TEST(AChip, NamesWhatMakesItUnusableBeforeWhatDegradesIt) {
    const auto status =
        statusOf(with(Reason::ConfigSpaceDead, with(Reason::WideDomain, chip(wideId))));

    ASSERT_NE(status.mainProblem(), nullptr);
    EXPECT_EQ(status.mainProblem()->reason, Reason::ConfigSpaceDead);
}

TEST(AChip, WithoutAClassDeviceIsUnhealthyAndAlwaysSaysWhy) {
    auto device = chip(firstId);
    device.classDevice.reset();
    const auto status = statusOf(device);

    EXPECT_EQ(status.health, Health::Unhealthy);
    ASSERT_NE(status.mainProblem(), nullptr);
    EXPECT_EQ(status.mainProblem()->reason, Reason::ClassDeviceMissing);
}

TEST(ATombstone, IsUnhealthyBecauseTheChipWasRemoved) {
    const auto tombstone = tombstoneOf(statusOf(with(Reason::WideDomain, chip(wideId))));

    EXPECT_EQ(tombstone.id, wideId);
    EXPECT_EQ(tombstone.health, Health::Unhealthy);
    ASSERT_EQ(tombstone.device.problems.size(), 1U);
    EXPECT_EQ(tombstone.mainProblem()->reason, Reason::Removed);
    EXPECT_THAT(tombstone.mainProblem()->sentence, HasSubstr(wideId));
}

TEST(ATombstone, OffersNothingThatAContainerCouldUse) {
    const auto tombstone = tombstoneOf(statusOf(chip(firstId)));

    EXPECT_FALSE(tombstone.device.classDevice);
    EXPECT_FALSE(tombstone.device.driver);
    EXPECT_FALSE(tombstone.device.driverVersion);
}

TEST(ATombstone, RemembersWhereTheChipWasAndWhatItIs) {
    const auto status = statusOf(on(1, behind({"0000:00:01.0"}, chip(firstId))));
    const auto tombstone = tombstoneOf(status);

    EXPECT_EQ(tombstone.device.numaNode, 1);
    EXPECT_EQ(tombstone.device.upstream, status.device.upstream);
    EXPECT_EQ(tombstone.device.model, "hailo-8");
}

TEST(Health, HasTheWordsOfTheDevicePluginApi) {
    EXPECT_EQ(nameOf(Health::Healthy), "Healthy");
    EXPECT_EQ(nameOf(Health::Unhealthy), "Unhealthy");
}

} // namespace
} // namespace hdp::testing
