// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/chip_object.hpp"
#include "daemon/inventory/simulated_name.hpp"
#include "tests/daemon/builders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

using hotplug::Reason;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto id = "0000:01:00.0";

TEST(WhatTheBusSaysOfAChip, IsWhatTheInventorySays) {
    auto status = statusOf(on(1, chip(id)));
    status.resource = "hailo.ai/device";

    const auto facts = dbus::factsOf(status);

    EXPECT_EQ(facts.address, id);
    EXPECT_EQ(facts.node, "/dev/hailo0");
    EXPECT_EQ(facts.driver, "hailo");
    EXPECT_EQ(facts.driverVersion, "4.23.0");
    EXPECT_EQ(facts.numaNode, 1);
    EXPECT_EQ(facts.resource, "hailo.ai/device");
    EXPECT_TRUE(facts.healthy && facts.present && !facts.simulated);
    EXPECT_THAT(facts.reasons, IsEmpty());
}

TEST(WhatTheBusSaysOfAChip, NamesAllThatIsWrongWithIt) {
    const auto facts =
        dbus::factsOf(statusOf(with(Reason::NodeMissing, with(Reason::WideDomain, chip(id)))));

    EXPECT_FALSE(facts.healthy);
    EXPECT_THAT(facts.reasons, ElementsAre("wide-domain", "node-missing"));
    EXPECT_EQ(facts.sentences.size(), 2U);
}

TEST(WhatTheBusSaysOfAChip, ThatIsGoneIsThatItIsNotPresent) {
    const auto facts = dbus::factsOf(tombstoneOf(statusOf(chip(id))));

    EXPECT_FALSE(facts.present);
    EXPECT_EQ(facts.address, id);
    EXPECT_EQ(facts.node, "");
}

TEST(WhatTheBusSaysOfASimulatedDevice, IsNoAddress) {
    const auto facts = dbus::factsOf(statusOf(simulatedDevice("sim-n1", 0)));

    EXPECT_EQ(facts.address, "");
    EXPECT_EQ(facts.id, "sim-n1-0");
    EXPECT_TRUE(facts.simulated);
}

TEST(AChangeOnTheBus, NamesThePropertiesThatDiffer) {
    const auto before = dbus::factsOf(statusOf(chip(id)));
    const auto after = dbus::factsOf(statusOf(with(Reason::NodeMissing, chip(id))));

    EXPECT_THAT(dbus::changedProperties(before, after),
                ElementsAre("Healthy", "Reasons", "Sentences"));
    EXPECT_THAT(dbus::changedProperties(before, before), IsEmpty());
}

} // namespace
} // namespace hdp::testing
