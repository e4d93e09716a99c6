// SPDX-License-Identifier: Apache-2.0
#include "hotplug/uevent.hpp"

#include <gtest/gtest.h>

namespace hdp::hotplug {
namespace {

constexpr auto chip = "0000:01:00.0";

Uevent ofPci(const std::string& action, const std::string& pciId) {
    return {.action = action, .subsystem = "pci", .deviceName = chip, .pciId = pciId};
}

TEST(AUevent, IsRelevantForFunctionsOfHailo) {
    EXPECT_TRUE(isRelevant(ofPci("add", "1E60:2864")));
    EXPECT_FALSE(isRelevant(ofPci("add", "8086:15FC")));
}

TEST(AUevent, IsRelevantWhereItDoesNotSayWhose) {
    EXPECT_TRUE(isRelevant({.action = "remove", .subsystem = "pci", .deviceName = chip}));
}

TEST(AUevent, IsRelevantForErrorsOfAnyFunction) {
    auto event = ofPci("change", "8086:A338");
    event.errorEvent = "BEGIN_RECOVERY";
    EXPECT_TRUE(isRelevant(event));
    event.action = "add";
    EXPECT_FALSE(isRelevant(event));
}

TEST(AUevent, IsRelevantForClassesOfEachGeneration) {
    EXPECT_TRUE(
        isRelevant({.action = "add", .subsystem = "hailo_chardev", .deviceName = "hailo0"}));
    EXPECT_TRUE(isRelevant({.action = "add", .subsystem = "hailo1x", .deviceName = "h1x-0"}));
    EXPECT_FALSE(isRelevant({.action = "add", .subsystem = "net", .deviceName = "eth0"}));
}

} // namespace
} // namespace hdp::hotplug
