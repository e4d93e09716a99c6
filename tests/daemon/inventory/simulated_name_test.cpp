// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/inventory.hpp"
#include "daemon/inventory/simulated_name.hpp"
#include "tests/daemon/builders.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::testing {
namespace {

constexpr auto stem = "simulated-node-1";

TEST(ASimulatedDevice, HasAnAddressThatFollowsFromItsName) {
    const auto device = simulatedDevice(stem, 12);

    EXPECT_EQ(idOf(device), "simulated-node-1-12");
    EXPECT_EQ(simulatedDeviceNamed("simulated-node-1-12"), device);
}

TEST(ASimulatedDevice, HasAnAddressThatNoHardwareHas) {
    EXPECT_GE(simulatedDevice(stem, 0).address.domain, 0x80000000U);
    EXPECT_NE(simulatedDevice(stem, 0).address.domain, simulatedDevice("other", 0).address.domain);
}

TEST(SimulatedDevices, AreInTheOrderOfTheirIndices) {
    for (std::uint32_t index = 1; index < mostSimulated; ++index) {
        ASSERT_LT(simulatedDevice(stem, index - 1).address, simulatedDevice(stem, index).address);
    }
}

TEST(ASimulatedDevice, NeedsNoClassDeviceToBeHealthy) {
    EXPECT_EQ(statusOf(simulatedDevice(stem, 0)).health, Health::Healthy);
}

TEST(AnInventory, FindsASimulatedDeviceAmongChips) {
    const auto inventory =
        inventoryOf({chip("0000:01:00.0"), simulatedDevice(stem, 0), simulatedDevice(stem, 1)});

    ASSERT_NE(inventory.find("simulated-node-1-1"), nullptr);
    EXPECT_EQ(inventory.find("simulated-node-1-1")->id, "simulated-node-1-1");
    EXPECT_NE(inventory.find("0000:01:00.0"), nullptr);
    EXPECT_EQ(inventory.find("simulated-node-1-2"), nullptr);
    EXPECT_EQ(inventory.find("simulated-node-2-1"), nullptr);
    EXPECT_EQ(inventory.find("simulated-node-1-01"), nullptr);
}

TEST(ATombstone, OfASimulatedDeviceStandsWhereTheDeviceWouldBe) {
    const auto tombstone = tombstoneFor({"hailo.ai/device", "simulated-node-1-7"});

    ASSERT_TRUE(tombstone);
    EXPECT_EQ(tombstone->id, "simulated-node-1-7");
    EXPECT_EQ(tombstone->device.address, simulatedDevice(stem, 7).address);
    EXPECT_TRUE(isTombstone(*tombstone));
    EXPECT_EQ(tombstone->mainProblem()->sentence.find("PCI"), std::string::npos);
}

class NoName : public ::testing::TestWithParam<std::string> {};

TEST_P(NoName, IsOfASimulatedDevice) {
    EXPECT_FALSE(simulatedDeviceNamed(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(ThatIsWrong,
                         NoName,
                         ::testing::Values("",
                                           "-",
                                           "-1",
                                           "a-",
                                           "hailo0",
                                           "gpu-0",
                                           "gpu--0",
                                           "-gpu-0",
                                           "0000:01:00.0",
                                           "a-b-1x",
                                           "a-b--",
                                           "a/b-c-1",
                                           "a-b-01",
                                           "a-b-65536",
                                           "a-b-99999999999",
                                           std::string(1U << 20U, 'a') + "-b-1"));

} // namespace
} // namespace hdp::testing
