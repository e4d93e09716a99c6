// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/inventory/device_registry_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

using ADeviceRegistry = DeviceRegistryTest;

TEST_F(ADeviceRegistry, SaysWhichResourceEachChipBelongsTo) {
    DeviceRegistry shared{
        loop, [this] { return scan(); }, {parseResourceRule("a.ai/h8:model=hailo-8")}};
    hardware.devices = {chip(firstId), youngChip(secondId)};
    shared.look();

    EXPECT_EQ(shared.current()->devices[0].resource, "a.ai/h8");
    EXPECT_EQ(shared.current()->devices[1].resource, "");
}

TEST_F(ADeviceRegistry, KeepsAVanishedChipInItsResource) {
    hardware.devices = {chip(firstId)};
    registry.look();
    hardware.devices.clear();
    registry.look();

    EXPECT_EQ(registry.current()->devices.at(0).resource, "hailo.ai/device");
}

TEST_F(ADeviceRegistry, RemembersADeviceThatAPodHoldsAndNobodySaw) {
    hardware.devices = {chip(secondId)};
    registry.look();
    registry.remember({{"hailo.ai/device", firstId}});

    const auto& devices = registry.current()->devices;
    ASSERT_EQ(devices.size(), 2U);
    EXPECT_EQ(devices[0].id, firstId) << "the list stays sorted";
    EXPECT_EQ(devices[0].resource, "hailo.ai/device");
    EXPECT_EQ(devices[0].health, Health::Unhealthy);
    EXPECT_TRUE(isTombstone(devices[0]));
}

TEST_F(ADeviceRegistry, RemembersNothingAboutChipsThatAreThere) {
    hardware.devices = {chip(firstId)};
    registry.look();
    registry.remember({{"hailo.ai/device", firstId}});

    EXPECT_EQ(registry.current()->generation, 1U);
    EXPECT_EQ(registry.current()->devices.at(0).health, Health::Healthy);
}

TEST_F(ADeviceRegistry, RemembersNoIdThatIsNoneOfOurs) {
    registry.look();
    registry.remember({{"hailo.ai/device", "gpu-0"}, {"hailo.ai/device", "0000:0A:00.0"}});

    EXPECT_TRUE(registry.current()->devices.empty());
}

TEST_F(ADeviceRegistry, FindsARememberedChipHealthyWhenItReturns) {
    registry.look();
    registry.remember({{"hailo.ai/device", firstId}});
    hardware.devices = {chip(firstId)};
    registry.look();

    EXPECT_EQ(registry.current()->devices.at(0).health, Health::Healthy);
    EXPECT_EQ(registry.current()->devices[0].device.model, "hailo-8");
}

TEST_F(ADeviceRegistry, ForgetsTombstonesOnly) {
    hardware.devices = {chip(firstId), chip(secondId, 1)};
    registry.look();
    hardware.devices = {chip(firstId)};
    registry.look();
    registry.forget({firstId, secondId});

    ASSERT_EQ(registry.current()->devices.size(), 1U);
    EXPECT_EQ(registry.current()->devices[0].id, firstId);
}

TEST_F(ADeviceRegistry, RemembersADeviceThatTwoResourcesClaimOnce) {
    registry.look();
    registry.remember({{"a.ai/x", firstId}, {"b.ai/x", firstId}});

    ASSERT_EQ(registry.current()->devices.size(), 1U) << "the kubelet knows health by id alone";
    EXPECT_EQ(registry.current()->devices[0].id, firstId);
    EXPECT_EQ(registry.current()->devices[0].resource, "a.ai/x");
}

} // namespace
} // namespace hdp::testing
