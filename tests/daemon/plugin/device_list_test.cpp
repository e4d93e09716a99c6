// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/device_list.hpp"
#include "tests/daemon/builders.hpp"

#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

TEST(ADeviceList, HasEveryChipWithItsHealth) {
    const auto list = deviceListOf(inventoryOf({chip(firstId), unboundChip(secondId)}));

    ASSERT_EQ(list.devices_size(), 2);
    EXPECT_EQ(list.devices(0).id(), firstId);
    EXPECT_EQ(list.devices(0).health(), "Healthy");
    EXPECT_EQ(list.devices(1).id(), secondId);
    EXPECT_EQ(list.devices(1).health(), "Unhealthy");
}

TEST(ADeviceList, KeepsAChipThatVanished) {
    const auto list = deviceListOf(afterRemoval(inventoryOf({chip(firstId)})));

    ASSERT_EQ(list.devices_size(), 1);
    EXPECT_EQ(list.devices(0).id(), firstId);
    EXPECT_EQ(list.devices(0).health(), "Unhealthy");
}

TEST(ADeviceList, NamesTheNumaNode) {
    const auto list = deviceListOf(inventoryOf({on(0, chip(firstId)), on(1, chip(secondId, 1))}));

    ASSERT_EQ(list.devices(0).topology().nodes_size(), 1);
    EXPECT_EQ(list.devices(0).topology().nodes(0).id(), 0);
    ASSERT_EQ(list.devices(1).topology().nodes_size(), 1);
    EXPECT_EQ(list.devices(1).topology().nodes(0).id(), 1);
}

TEST(ADeviceList, HasNoTopologyWhereTheNumaNodeIsUnknown) {
    const auto list = deviceListOf(inventoryOf({chip(firstId)}));

    EXPECT_FALSE(list.devices(0).has_topology());
}

TEST(ADeviceList, IsEmptyWhenThereIsNoChip) {
    EXPECT_EQ(deviceListOf(Inventory{}).devices_size(), 0);
}

} // namespace
} // namespace hdp::testing
