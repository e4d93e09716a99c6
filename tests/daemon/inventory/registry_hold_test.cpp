// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/inventory/device_registry_test.hpp"

#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

constexpr auto id = "0000:01:00.0";

using ARegistryThatIsHeld = DeviceRegistryTest;

TEST_F(ARegistryThatIsHeld, PublishesNothingOfWhatHappens) {
    hardware.devices = {chip(id)};
    registry.look();

    registry.hold(true);
    hardware.devices.clear();
    registry.look();
    registry.lookSoon();
    registry.take({{addressOf(id), {{hotplug::Reason::LinkDown, "down"}}}});
    registry.remember({{"hailo.ai/device", "0000:09:00.0"}});

    EXPECT_EQ(witness.inventories.size(), 1U);
    EXPECT_EQ(registry.current()->devices.at(0).health, Health::Healthy);
}

TEST_F(ARegistryThatIsHeld, LooksAgainWhenItIsLetGo) {
    hardware.devices = {chip(id)};
    registry.look();
    registry.hold(true);
    hardware.devices.clear();

    registry.hold(false);

    ASSERT_EQ(witness.inventories.size(), 2U);
    EXPECT_TRUE(isTombstone(registry.current()->devices.at(0)));
}

TEST_F(ARegistryThatIsHeld, OrIsNotDoesNotLookWhenItIsLetGo) {
    registry.look();
    const auto before = scans;

    registry.hold(false);

    EXPECT_EQ(scans, before);
}

TEST_F(ARegistryThatIsHeld, PublishesItsFirstInventoryAllTheSame) {
    registry.hold(true);
    registry.remember({{"hailo.ai/device", id}});

    EXPECT_EQ(witness.inventories.size(), 1U);
}

} // namespace
} // namespace hdp::testing
