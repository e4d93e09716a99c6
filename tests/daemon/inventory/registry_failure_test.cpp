// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/inventory/device_registry_test.hpp"
#include "tests/support/loop_runner.hpp"

#include <gtest/gtest.h>

#include <system_error>

namespace hdp::testing {
namespace {

constexpr auto id = "0000:01:00.0";

using ARegistryThatCannotLook = DeviceRegistryTest;

TEST_F(ARegistryThatCannotLook, LetsStandWhatWasKnownAndSaysSoOnce) {
    hardware.devices = {chip(id)};
    registry.look();
    canLook = false;

    registry.look();
    registry.lookSoon();
    registry.look();

    EXPECT_EQ(witness.inventories.size(), 1U);
    EXPECT_EQ(registry.current()->devices, std::vector{offered(chip(id))});
    EXPECT_EQ(log.count("the chips cannot be looked at: openat: "), 1U) << log.text();
}

TEST_F(ARegistryThatCannotLook, LooksAgainByItself) {
    registry.look();
    canLook = false;
    hardware.devices = {chip(id)};
    registry.lookSoon();
    const auto failed = scans;
    ASSERT_TRUE(runUntil(loop, [this, failed] { return scans > failed; }));
    canLook = true;

    EXPECT_TRUE(runUntil(loop, [this] { return !registry.current()->devices.empty(); }));
}

TEST_F(ARegistryThatCannotLook, SaysSoAgainTheNextTime) {
    registry.look();
    for (int time = 0; time < 2; ++time) {
        canLook = false;
        registry.look();
        canLook = true;
        registry.look();
    }

    EXPECT_EQ(log.count("the chips cannot be looked at"), 2U) << log.text();
}

TEST_F(ARegistryThatCannotLook, ThrowsWhenNothingIsKnownThatCouldStand) {
    canLook = false;

    EXPECT_THROW(registry.look(), std::system_error);
}

} // namespace
} // namespace hdp::testing
