// SPDX-License-Identifier: Apache-2.0
#include "tests/systemd/node_machine.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <iostream>
#include <string>

namespace hdp::testing {
namespace {

class JournalTest : public ::testing::Test {
  protected:
    void TearDown() override {
        if (HasFailure()) {
            std::cerr << node.log() << "\n";
        }
    }

    void SetUp() override { ASSERT_TRUE(node.startDaemon()) << node.log(); }

    /// The newest entry that the matches find.
    [[nodiscard]] nlohmann::json newest(const std::string& matches) const {
        return nlohmann::json::parse(
            node.machine.sh("journalctl --output=json --lines=1 " + matches), nullptr, false);
    }

    NodeMachine node;
};

using AnEntryOfTheJournal = JournalTest;

TEST_F(AnEntryOfTheJournal, HasItsFactsInFields) {
    ASSERT_TRUE(node.machine.comesTo(
        "journalctl HAILO_EVENT=device HAILO_DEVICE=0000:02:00.0 | grep Healthy"));

    const auto entry = newest("HAILO_EVENT=device HAILO_DEVICE=0000:02:00.0");

    EXPECT_EQ(entry.value("HAILO_HEALTH", ""), "Healthy") << entry;
    EXPECT_EQ(entry.value("HAILO_REASON", ""), "none");
    EXPECT_EQ(entry.value("PRIORITY", ""), "6");
    EXPECT_EQ(entry.value("SYSLOG_IDENTIFIER", ""), "hailo-device-plugin");
    EXPECT_EQ(entry.value("_SYSTEMD_UNIT", ""), "hailo-device-plugin.service");
    EXPECT_EQ(entry.value("_TRANSPORT", ""), "journal");
    EXPECT_EQ(entry.value("MESSAGE", "").find("HAILO_"), std::string::npos);
}

TEST_F(AnEntryOfTheJournal, IsFoundByTheIdOfItsKind) {
    // As docs/journal.md says how to work it out.
    const auto id = node.machine.sh(
        "/usr/bin/python3 -c 'from uuid import *; "
        "print(uuid5(UUID(\"6f3b1c9a-4e0d-4d5c-9a57-2f1e8b7c0d34\"), \"registration\").hex)'");

    ASSERT_TRUE(node.machine.comesTo("journalctl MESSAGE_ID=" + id + " | grep 'no kubelet yet'"));

    EXPECT_EQ(newest("MESSAGE_ID=" + id).value("HAILO_EVENT", ""), "registration");
}

TEST_F(AnEntryOfTheJournal, IsAWarningWhenAChipVanishes) {
    node.hardware.remove("/sys/bus/pci/devices/0000:02:00.0");
    node.hardware.remove("/sys/class/hailo_chardev/hailo1");

    EXPECT_TRUE(node.machine.comesTo("journalctl --priority=warning HAILO_EVENT=device "
                                     "HAILO_REASON=removed | grep 0000:02:00.0"));
}

using AJournalThatHangs = JournalTest;

TEST_F(AJournalThatHangs, DoesNotStopTheDaemon) {
    // More than the queues hold, and each of them another sentence.
    node.signal("STOP", "systemd-journald");
    ASSERT_EQ(node.machine
                  .run({"sh", "-c",
                        "pid=$(systemctl show --value -p MainPID hailo-device-plugin); "
                        "cd /etc/hailo-device-plugin; for i in $(seq 600); do "
                        "printf 'log: {level: %s}\\n' no$i >new; mv new config.yaml; "
                        ""
                        "kill -HUP $pid; sleep 0.005; done"})
                  .exitCode,
              0);

    node.startKubelet();
    EXPECT_TRUE(node.comesToShow("StatusText", "2 chips, registered with the kubelet"));

    node.signal("CONT", "systemd-journald");
    EXPECT_TRUE(node.machine.comesTo("journalctl HAILO_EVENT=config-refused | grep no1"));
    node.configure("");
    ASSERT_EQ(node.machine.run({"systemctl", "reload", node.unit}).exitCode, 0);
    EXPECT_TRUE(node.machine.comesTo("journalctl HAILO_EVENT=config-unchanged | grep 'was read'"));
}

} // namespace
} // namespace hdp::testing
