// SPDX-License-Identifier: Apache-2.0
#include "hotplug/uevent.hpp"

#include <gtest/gtest.h>

namespace hdp::hotplug {
namespace {

constexpr auto chip = "0000:01:00.0";

Uevent ofPci(const std::string& action, const std::string& pciId) {
    return {.action = action, .subsystem = "pci", .deviceName = chip, .pciId = pciId};
}

Uevent recovery(const std::string& errorEvent) {
    auto event = ofPci("change", "8086:A338");
    event.errorEvent = errorEvent;
    return event;
}

TEST(AUevent, IsRelevantForFunctionsOfHailo) {
    EXPECT_TRUE(isRelevant(ofPci("add", "1E60:2864")));
    EXPECT_FALSE(isRelevant(ofPci("add", "8086:15FC")));
}

TEST(AUevent, IsRelevantWhereItDoesNotSayWhose) {
    EXPECT_TRUE(isRelevant({.action = "remove", .subsystem = "pci", .deviceName = chip}));
}

TEST(AUevent, IsRelevantForClassesOfEachGeneration) {
    EXPECT_TRUE(
        isRelevant({.action = "add", .subsystem = "hailo_chardev", .deviceName = "hailo0"}));
    EXPECT_TRUE(isRelevant({.action = "add", .subsystem = "hailo1x", .deviceName = "h1x-0"}));
    EXPECT_FALSE(isRelevant({.action = "add", .subsystem = "net", .deviceName = "eth0"}));
}

TEST(AUevent, TellsHowTheRecoveryOfAnyFunctionEnded) {
    const BusError failed{{.bus = 1}, true};
    const BusError recovered{{.bus = 1}, false};
    EXPECT_EQ(busErrorOf(recovery("FAILED_RECOVERY")), failed);
    EXPECT_EQ(busErrorOf(recovery("SUCCESSFUL_RECOVERY")), recovered);
    EXPECT_EQ(busErrorOf(recovery("BEGIN_RECOVERY")), std::nullopt);
    EXPECT_TRUE(isRelevant(recovery("BEGIN_RECOVERY")));
}

TEST(AUevent, TellsOfARecoveryOnlyAsAChangeOfAPciFunction) {
    auto event = recovery("FAILED_RECOVERY");
    event.action = "add";
    EXPECT_EQ(busErrorOf(event), std::nullopt);
    EXPECT_FALSE(isRelevant(event));
    event = recovery("FAILED_RECOVERY");
    event.subsystem = "hailo_chardev";
    EXPECT_EQ(busErrorOf(event), std::nullopt);
    event = recovery("FAILED_RECOVERY");
    event.deviceName = "hailo0";
    EXPECT_EQ(busErrorOf(event), std::nullopt);
}

} // namespace
} // namespace hdp::hotplug
