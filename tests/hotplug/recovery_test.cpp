// SPDX-License-Identifier: Apache-2.0
#include "hotplug/recovery.hpp"
#include "hotplug/uevent.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::hotplug {
namespace {

constexpr auto chip = "0000:01:00.0";

Uevent ofPci(const std::string& action, const std::string& pciId) {
    return {
        .action = action, .subsystem = "pci", .deviceName = chip, .pciId = pciId, .sequence = 4711};
}

Uevent ofBridge(const std::string& errorEvent) {
    auto event = ofPci("change", "8086:A338");
    event.errorEvent = errorEvent;
    return event;
}

TEST(ARecovery, IsToldOfByAnyFunction) {
    const Recovery failed{{.bus = 1}, Recovery::End::Failed, 4711};
    const Recovery succeeded{{.bus = 1}, Recovery::End::Succeeded, 4711};
    EXPECT_EQ(recoveryOf(ofBridge("FAILED_RECOVERY")), failed);
    EXPECT_EQ(recoveryOf(ofBridge("SUCCESSFUL_RECOVERY")), succeeded);
    EXPECT_EQ(recoveryOf(ofBridge("BEGIN_RECOVERY")), std::nullopt);
}

TEST(ARecovery, IsToldOfOnlyByAChangeOfAPciFunction) {
    auto event = ofBridge("FAILED_RECOVERY");
    event.action = "add";
    EXPECT_EQ(recoveryOf(event), std::nullopt);
    event = ofBridge("FAILED_RECOVERY");
    event.subsystem = "hailo_chardev";
    EXPECT_EQ(recoveryOf(event), std::nullopt);
    event = ofBridge("FAILED_RECOVERY");
    event.deviceName = "hailo0";
    EXPECT_EQ(recoveryOf(event), std::nullopt);
}

TEST(ARecovery, IsAlsoADriverThatTakesAChip) {
    const Recovery boundAnew{{.bus = 1}, Recovery::End::BoundAnew, 4711};
    EXPECT_EQ(recoveryOf(ofPci("bind", "1E60:2864")), boundAnew);
    EXPECT_EQ(recoveryOf(ofPci("unbind", "1E60:2864")), std::nullopt);
    EXPECT_EQ(recoveryOf(ofPci("bind", "8086:15FC")), std::nullopt);
    auto ofClass = ofPci("bind", "1E60:2864");
    ofClass.subsystem = "hailo_chardev";
    EXPECT_EQ(recoveryOf(ofClass), std::nullopt);
}

} // namespace
} // namespace hdp::hotplug
