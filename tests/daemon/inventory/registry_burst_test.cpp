// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/inventory/device_registry_test.hpp"
#include "tests/support/loop_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

constexpr auto firstId = "0000:01:00.0";

using ADeviceRegistry = DeviceRegistryTest;

TEST_F(ADeviceRegistry, LooksAtOnceWhenItIsToldToLookSoon) {
    hardware.devices = {chip(firstId)};
    registry.lookSoon();

    EXPECT_EQ(scans, 1);
    EXPECT_EQ(witness.inventories.size(), 1U);
}

TEST_F(ADeviceRegistry, ServesABurstOfTwoHundredEventsWithFewScans) {
    lookSoonTwoHundredTimes();
    const auto atOnce = scans;
    runUntil(loop, [this, atOnce] { return scans > atOnce; });
    runReady(loop);

    EXPECT_LE(scans, 10);
    EXPECT_EQ(scans, atOnce + 1);
}

TEST_F(ADeviceRegistry, AlwaysSeesTheStateAfterTheLastEventOfABurst) {
    for (unsigned event = 0; event < 200; ++event) {
        hardware.devices = {chip(firstId, event)};
        registry.lookSoon();
    }

    EXPECT_TRUE(runUntil(loop, [this] { return lastScanned == hardware; }));
    EXPECT_EQ(registry.current()->devices, std::vector{offered(chip(firstId, 199))});
}

TEST_F(ADeviceRegistry, LooksAgainAfterTheDelayedLookOfABurst) {
    lookSoonTwoHundredTimes();
    const auto atOnce = scans;
    ASSERT_TRUE(runUntil(loop, [this, atOnce] { return scans > atOnce; }));
    hardware.devices = {chip(firstId)};
    registry.lookSoon();

    EXPECT_TRUE(runUntil(loop, [this] { return !registry.current()->devices.empty(); }));
}

TEST_F(ADeviceRegistry, ForgetsADueLookWhenItIsStopped) {
    lookSoonTwoHundredTimes();
    const auto before = scans;
    registry.stop();
    loop.run(); // returns when nothing is due any more

    EXPECT_EQ(scans, before);
}

} // namespace
} // namespace hdp::testing
