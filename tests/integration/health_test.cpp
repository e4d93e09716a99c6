// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/eventually.hpp"
#include "tests/integration/node.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace hdp::testing {
namespace {

const MockChip chip{.address = {0, 1, 0, 0}, .index = 0};
const MockChip other{.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}};

constexpr auto chipId = "0000:01:00.0";
const DeviceHealth healthy{{chipId, "Healthy"}, {"0000:02:00.0", "Healthy"}};
const DeviceHealth unhealthy{{chipId, "Unhealthy"}, {"0000:02:00.0", "Healthy"}};

constexpr auto deadConfig = "\xff\xff\xff\xff";
const std::string aliveConfig{"\x60\x1e\x64\x28", 4};

/// Two chips, of which one falls ill, and a health check each second.
class HealthTest : public ::testing::Test {
  protected:
    HealthTest() {
        node.hardware.plug(chip);
        node.hardware.plug(other);
        node.kubelet.start();
    }

    void start(const std::vector<std::string>& flags = {"--health-interval", "1"}) {
        node.startDaemon(flags);
        node.kubelet.waitForRegistration(Node::resource);
    }

    void startHealthy() {
        start();
        ASSERT_TRUE(node.kubeletSees(healthy));
    }

    void set(const std::string& attribute, std::string_view content) {
        node.hardware.setAttribute(chip.pciPath(), attribute, content);
    }

    void setFatalErrors(const std::string& count) {
        set("aer_dev_fatal", "DLP " + count + "\nTOTAL_ERR_FATAL " + count + "\n");
    }

    /// A file that keeps everybody waiting who opens it, as a dying device may.
    /// Its reads hang, and not its opening, during which umockdev lets no other thread open
    /// anything.
    void stallConfigSpace() {
        const auto config = node.hardware.root() / chip.pciPath().substr(1) / "config";
        std::filesystem::remove(config);
        ASSERT_EQ(::mkfifo(config.c_str(), 0644), 0);
        writer.open(config, std::ios::in | std::ios::out);
    }

    void reviveConfigSpace() {
        std::filesystem::remove(node.hardware.root() / chip.pciPath().substr(1) / "config");
        set("config", aliveConfig);
    }

    [[nodiscard]] bool saysReason(const std::string& reason) {
        return node.daemon().says("HAILO_DEVICE=" + std::string{chipId}) &&
               node.daemon().says("HAILO_REASON=" + reason);
    }

    Node node;
    std::fstream writer; ///< of the config space that hangs
};

using AnIllChip = HealthTest;

TEST_F(AnIllChip, IsNeverOfferedWhenItWasDeadBeforeTheDaemonCame) {
    set("config", deadConfig);
    start();

    ASSERT_TRUE(node.kubeletSees(unhealthy));
    EXPECT_EQ(node.kubelet.messageCount(Node::resource), 1U);
}

TEST_F(AnIllChip, IsUnhealthyWhileItsConfigSpaceIsDead) {
    startHealthy();
    set("config", deadConfig);
    EXPECT_TRUE(node.kubeletSees(unhealthy));
    EXPECT_TRUE(saysReason("config-space-dead"));
    set("config", aliveConfig);
    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(AnIllChip, DoesNotHoldUpTheLoopWhenItNeverAnswers) {
    startHealthy();
    stallConfigSpace();
    const MockChip third{.address = {0, 3, 0, 0}, .index = 2, .upstream = {{0, 0, 0x1e, 0}}};
    node.hardware.plug(third);
    EXPECT_TRUE(node.kubeletSees(
        {{chipId, "Healthy"}, {"0000:02:00.0", "Healthy"}, {"0000:03:00.0", "Healthy"}}));
    EXPECT_TRUE(node.kubeletSees(
        {{chipId, "Unhealthy"}, {"0000:02:00.0", "Healthy"}, {"0000:03:00.0", "Healthy"}}));
    EXPECT_TRUE(saysReason("not-responding"));
    reviveConfigSpace();
    EXPECT_TRUE(node.kubeletSees(
        {{chipId, "Healthy"}, {"0000:02:00.0", "Healthy"}, {"0000:03:00.0", "Healthy"}}));
}

TEST_F(AnIllChip, IsUnhealthyWhileItsLinkIsDown) {
    startHealthy();
    set("current_link_speed", "Unknown\n");
    EXPECT_TRUE(node.kubeletSees(unhealthy));
    EXPECT_TRUE(saysReason("link-down"));
    set("current_link_speed", "8.0 GT/s PCIe\n");
    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(AnIllChip, StaysAllocatableOnANarrowLinkAndIsTalkedOf) {
    startHealthy();
    set("current_link_width", "1\n");
    EXPECT_TRUE(saysReason("link-degraded"));
    EXPECT_EQ(node.devices(), healthy);
}

TEST_F(AnIllChip, IsUnhealthyAfterFatalErrors) {
    setFatalErrors("3");
    startHealthy();
    setFatalErrors("4");
    EXPECT_TRUE(node.kubeletSees(unhealthy));
    EXPECT_TRUE(saysReason("aer-fatal"));
}

TEST_F(AnIllChip, IsUnhealthyFromTheMomentWhenTheKernelGivesUpUntilItsDriverIsBoundAnew) {
    start({"--health-interval", "0"});
    ASSERT_TRUE(node.kubeletSees(healthy));
    node.hardware.uevent(chip.bridgePaths().front(), "change",
                         {"ERROR_EVENT=FAILED_RECOVERY", "DEVICE_ONLINE=0"});
    EXPECT_TRUE(node.kubeletSees(unhealthy));
    EXPECT_TRUE(saysReason("recovery-failed"));
    node.hardware.unbind(chip);
    EXPECT_TRUE(saysReason("driver-not-bound"));
    node.hardware.bind(chip);
    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(AnIllChip, IsHealthyAgainWhenItsDriverIsBoundAnewBeforeAnybodyLooked) {
    start({"--health-interval", "0"});
    ASSERT_TRUE(node.kubeletSees(healthy));
    node.hardware.uevent(chip.bridgePaths().front(), "change",
                         {"ERROR_EVENT=FAILED_RECOVERY", "DEVICE_ONLINE=0"});
    ASSERT_TRUE(saysReason("recovery-failed"));
    node.daemon().signal(SIGSTOP);
    node.hardware.unbind(chip);
    node.hardware.bind(chip);
    node.daemon().signal(SIGCONT);
    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(AnIllChip, IsHealthyAgainWhenTheKernelRecoversItAfterAll) {
    startHealthy();
    const auto bridge = chip.bridgePaths().front();
    node.hardware.uevent(bridge, "change", {"ERROR_EVENT=FAILED_RECOVERY", "DEVICE_ONLINE=0"});
    EXPECT_TRUE(node.kubeletSees(unhealthy));
    node.hardware.uevent(bridge, "change", {"ERROR_EVENT=SUCCESSFUL_RECOVERY", "DEVICE_ONLINE=1"});
    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(AnIllChip, IsReadAtOnceWhenItIsNew) {
    start({"--health-interval", "3600"});
    ASSERT_TRUE(node.kubeletSees(healthy));
    node.hardware.unplug(chip);
    ASSERT_TRUE(node.daemon().says("HAILO_REASON=removed"));
    node.hardware.plug(chip);
    set("config", deadConfig);
    EXPECT_TRUE(node.kubeletSees(unhealthy));
}

TEST_F(AnIllChip, IsNotAskedWhenTheIntervalIsZero) {
    set("config", deadConfig);
    start({"--health-interval", "0"});
    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(HealthTest, ADriverThatWasReplacedIsNoticed) {
    startHealthy();
    node.hardware.setModuleVersion("hailo_pci", "4.23.1");
    EXPECT_TRUE(node.daemon().says("driver hailo 4.23.1"));
    EXPECT_EQ(node.devices(), healthy);
}

} // namespace
} // namespace hdp::testing
