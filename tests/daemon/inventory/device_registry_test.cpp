// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/inventory/device_registry_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;

constexpr auto firstId = "0000:01:00.0";

using ADeviceRegistry = DeviceRegistryTest;

TEST_F(ADeviceRegistry, ScansNothingUntilItIsToldToLook) {
    EXPECT_EQ(scans, 0);
    EXPECT_EQ(registry.current()->generation, 0U);
    EXPECT_TRUE(registry.current()->devices.empty());
}

TEST_F(ADeviceRegistry, PublishesWhatItFinds) {
    hardware.devices = {chip(firstId)};
    registry.look();

    ASSERT_EQ(witness.inventories.size(), 1U);
    EXPECT_EQ(witness.inventories[0], registry.current());
    EXPECT_THAT(registry.current()->devices, ElementsAre(offered(chip(firstId))));
}

TEST_F(ADeviceRegistry, PublishesTheFirstLookEvenWhenThereIsNoChip) {
    registry.look();

    ASSERT_EQ(witness.inventories.size(), 1U);
    EXPECT_EQ(witness.inventories[0]->generation, 1U);
    EXPECT_TRUE(witness.inventories[0]->devices.empty());
}

TEST_F(ADeviceRegistry, PublishesNothingWhenALaterLookFindsTheSame) {
    hardware.devices = {chip(firstId)};
    registry.look();
    registry.look();

    EXPECT_EQ(scans, 2);
    EXPECT_EQ(witness.inventories.size(), 1U);
}

TEST_F(ADeviceRegistry, PublishesNothingWhenThereIsStillNoChip) {
    registry.look();
    registry.look();

    EXPECT_EQ(witness.inventories.size(), 1U);
}

TEST_F(ADeviceRegistry, PublishesAChangeOfOneAttribute) {
    hardware.devices = {chip(firstId)};
    registry.look();
    hardware.devices[0].driverVersion = "4.23.1";
    registry.look();

    EXPECT_EQ(witness.inventories.size(), 2U);
}

TEST_F(ADeviceRegistry, CountsGenerationsByOne) {
    for (unsigned index = 0; index < 3; ++index) {
        hardware.devices = {chip(firstId, index)};
        registry.look();
    }

    ASSERT_EQ(witness.inventories.size(), 3U);
    EXPECT_EQ(witness.inventories[0]->generation, 1U);
    EXPECT_EQ(witness.inventories[1]->generation, 2U);
    EXPECT_EQ(witness.inventories[2]->generation, 3U);
}

TEST_F(ADeviceRegistry, LeavesPublishedInventoriesAsTheyWere) {
    hardware.devices = {chip(firstId)};
    registry.look();
    hardware.devices.clear();
    registry.look();

    EXPECT_EQ(witness.inventories[0]->devices[0].health, Health::Healthy);
    EXPECT_EQ(witness.inventories[1]->devices[0].health, Health::Unhealthy);
}

TEST_F(ADeviceRegistry, TellsItsObserversInTheOrderOfSubscription) {
    Witness second{"second", diary};
    Witness third{"third", diary};
    registry.subscribe(second);
    registry.subscribe(third);
    hardware.devices = {chip(firstId)};
    registry.look();

    EXPECT_THAT(diary, ElementsAre("first", "second", "third"));
}

TEST_F(ADeviceRegistry, LogsAnAnomalyOnceForAsLongAsItLasts) {
    hardware.anomalies = {"an odd entry", "another odd entry"};
    registry.look();
    registry.look();

    EXPECT_EQ(log.count("an odd entry"), 1U);
    EXPECT_EQ(log.count("another odd entry"), 1U);
}

TEST_F(ADeviceRegistry, LogsAnAnomalyAgainWhenItComesBack) {
    hardware.anomalies = {"an odd entry"};
    registry.look();
    hardware.anomalies.clear();
    registry.look();
    hardware.anomalies = {"an odd entry"};
    registry.look();

    EXPECT_EQ(log.count("an odd entry"), 2U);
}

TEST_F(ADeviceRegistry, LogsOnlyTheAnomalyThatIsNew) {
    hardware.anomalies = {"b is odd"};
    registry.look();
    hardware.anomalies = {"a is odd", "b is odd", "c is odd"};
    registry.look();

    EXPECT_EQ(log.count("a is odd"), 1U);
    EXPECT_EQ(log.count("b is odd"), 1U);
    EXPECT_EQ(log.count("c is odd"), 1U);
}

} // namespace
} // namespace hdp::testing
