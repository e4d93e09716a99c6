// SPDX-License-Identifier: Apache-2.0
#include "tests/systemd/node_machine.hpp"

#include <gtest/gtest.h>

#include <iostream>
#include <string>

namespace hdp::testing {
namespace {

class ServiceTest : public ::testing::Test {
  protected:
    void TearDown() override {
        if (HasFailure()) {
            std::cerr << node.log() << "\n";
        }
    }

    NodeMachine node;
};

using AServiceOfSystemd = ServiceTest;

TEST_F(AServiceOfSystemd, IsReadyOnANodeWithoutAKubelet) {
    ASSERT_TRUE(node.startDaemon());

    EXPECT_EQ(node.show("ActiveState"), "active\n");
    EXPECT_TRUE(node.comesToShow("StatusText", "2 chips, waiting for the kubelet"));
    EXPECT_EQ(node.machine.sh("grep --count 0000:0 /run/cdi/hailo.ai-device.json"), "6");
}

TEST_F(AServiceOfSystemd, RegistersWithAKubeletThatAppearsLater) {
    ASSERT_TRUE(node.startDaemon());

    node.startKubelet();

    EXPECT_TRUE(node.comesToShow("StatusText", "2 chips, registered with the kubelet"));
    EXPECT_TRUE(node.kubeletSays("hailo.ai/device"));
}

TEST_F(AServiceOfSystemd, RegistersAgainAfterTheKubeletsFolderWasWiped) {
    node.startKubelet();
    ASSERT_TRUE(node.startDaemon());
    ASSERT_TRUE(node.comesToShow("StatusText", "2 chips, registered with the kubelet"));

    // As `kubeadm reset` does.
    ASSERT_EQ(
        node.machine.run({"sh", "-c", "pkill fake-kubelet; rm -rf /var/lib/kubelet/*"}).exitCode,
        0);
    ASSERT_TRUE(node.comesToShow("StatusText", "2 chips, waiting for the kubelet"));
    node.startKubelet();

    EXPECT_TRUE(node.comesToShow("StatusText", "2 chips, registered with the kubelet"));
}

TEST_F(AServiceOfSystemd, SaysHowItsChipsAre) {
    ASSERT_TRUE(node.startDaemon());
    ASSERT_TRUE(node.comesToShow("StatusText", "2 chips, waiting for the kubelet"));

    node.hardware.remove("/sys/bus/pci/devices/0000:02:00.0");
    node.hardware.remove("/sys/class/hailo_chardev/hailo1");

    EXPECT_TRUE(node.comesToShow("StatusText", "1 chip, 1 gone, waiting for the kubelet"));
}

TEST_F(AServiceOfSystemd, IsKilledAndStartedAgainWhenItHangs) {
    node.dropIn("WatchdogSec=1s\nWatchdogSignal=SIGKILL\nRestartSec=0\n");
    ASSERT_TRUE(node.startDaemon());
    const auto before = node.show("MainPID");

    node.signal("STOP");

    EXPECT_TRUE(node.comesToShow("NRestarts", "1"));
    EXPECT_TRUE(node.comesToShow("ActiveState", "active"));
    EXPECT_NE(node.show("MainPID"), before);
    EXPECT_TRUE(
        node.machine.comesTo("journalctl --unit hailo-device-plugin | grep 'Watchdog timeout'"));
}

TEST_F(AServiceOfSystemd, LivesOnUnderItsWatchdog) {
    node.dropIn("WatchdogSec=500ms\nRestart=no\n");
    ASSERT_TRUE(node.startDaemon());
    const auto before = node.show("MainPID");
    const std::string pings = "test $(($(systemctl show --value -p WatchdogTimestampMonotonic "
                              "hailo-device-plugin) - $(systemctl show --value -p "
                              "ActiveEnterTimestampMonotonic hailo-device-plugin))) -gt 2000000";

    EXPECT_TRUE(node.machine.comesTo(pings));
    EXPECT_EQ(node.show("MainPID"), before);
}

TEST_F(AServiceOfSystemd, ReadsItsSettingsAgainWhenToldTo) {
    ASSERT_TRUE(node.startDaemon());
    const auto before = node.show("MainPID");

    node.configure("log: {level: debug}\n");
    ASSERT_EQ(node.machine.run({"systemctl", "reload", node.unit}).exitCode, 0);

    EXPECT_TRUE(node.machine.comesTo("journalctl HAILO_EVENT=config-applied | grep log.level"));
    EXPECT_TRUE(node.comesToShow("ActiveState", "active"));
    EXPECT_EQ(node.show("MainPID"), before);
}

TEST_F(AServiceOfSystemd, IsReadyAgainAfterSettingsThatNeedAnotherDaemon) {
    ASSERT_TRUE(node.startDaemon());
    const auto before = node.show("MainPID");

    node.configure("resources: [{name: hailo.ai/h8}]\n");
    ASSERT_EQ(node.machine.run({"systemctl", "reload", node.unit}).exitCode, 0);
    ASSERT_TRUE(node.machine.comesTo("journalctl HAILO_EVENT=config-renewal | grep hailo.ai/h8"));
    node.startKubelet();

    EXPECT_TRUE(node.kubeletSays("hailo.ai/h8"));
    EXPECT_TRUE(node.comesToShow("ActiveState", "active"));
    EXPECT_EQ(node.show("MainPID"), before);
}

TEST_F(AServiceOfSystemd, KeepsItsSettingsWhenTheNewOnesAreWrong) {
    ASSERT_TRUE(node.startDaemon());

    node.configure("log: {level: loud}\n");
    ASSERT_EQ(node.machine.run({"systemctl", "reload", node.unit}).exitCode, 0);

    EXPECT_TRUE(node.machine.comesTo("journalctl HAILO_EVENT=config-refused | grep loud"));
    EXPECT_TRUE(node.comesToShow("ActiveState", "active"));
}

TEST_F(AServiceOfSystemd, LeavesTheCdiFileWhenItStops) {
    ASSERT_TRUE(node.startDaemon());
    ASSERT_TRUE(node.machine.comesTo("test -e /run/cdi/hailo.ai-device.json"));

    ASSERT_EQ(node.machine.run({"systemctl", "stop", node.unit}).exitCode, 0);

    EXPECT_EQ(node.show("Result"), "success\n");
    EXPECT_EQ(node.machine.sh("stat --format=%a /run/cdi /run/cdi/hailo.ai-device.json"),
              "755\n644");
    EXPECT_EQ(node.machine.sh("ls /var/lib/kubelet/device-plugins"), "");
}

TEST_F(AServiceOfSystemd, HasFewRights) {
    ASSERT_TRUE(node.startDaemon());
    const auto status = "/proc/" +
                        node.machine.sh("systemctl show --value -p MainPID hailo-device-plugin") +
                        "/status";

    EXPECT_EQ(
        node.machine.sh("grep --extended-regexp --count 'Cap(Eff|Prm|Bnd|Amb):.0+$' " + status),
        "4");
    const auto exposure = node.machine.run(
        {"systemd-analyze", "security", "--no-pager", "--threshold=20", node.unit});
    EXPECT_EQ(exposure.exitCode, 0) << exposure.output;
    EXPECT_NE(exposure.output.find("Overall exposure level"), std::string::npos) << exposure.errors;
}

} // namespace
} // namespace hdp::testing
