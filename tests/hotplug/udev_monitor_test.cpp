// SPDX-License-Identifier: Apache-2.0
#include "hotplug/sysfs_scanner.hpp"
#include "hotplug/udev_monitor.hpp"
#include "tests/hotplug/monitor_probe.hpp"
#include "tests/support/testbed.hpp"

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <sys/socket.h>

namespace hdp::hotplug {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::MockChip;
using ::testing::SizeIs;

constexpr auto uevent = UdevMonitor::Cause::Uevent;
constexpr auto restored = UdevMonitor::Cause::Restored;

class AMonitor : public ::testing::TestWithParam<UeventSource> {
  protected:
    /// A chip that is there before the monitor is.
    MockChip pluggedChip() {
        testbed_.plug(MockChip{});
        return {};
    }

    testing::Testbed testbed_;
};

INSTANTIATE_TEST_SUITE_P(Sources,
                         AMonitor,
                         ::testing::Values(UeventSource::Udev, UeventSource::Kernel),
                         [](const auto& source) { return std::string(nameOf(source.param)); });

TEST_P(AMonitor, SaysLookAgainWhenAChipIsPlugged) {
    MonitorProbe probe{GetParam()};
    testbed_.plug(MockChip{});
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, SaysLookAgainWhenAChipIsUnplugged) {
    const MockChip chip = pluggedChip();
    MonitorProbe probe{GetParam()};
    testbed_.unplug(chip);
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, SaysLookAgainWhenTheDriverLetsGoOfAChip) {
    const MockChip chip = pluggedChip();
    MonitorProbe probe{GetParam()};
    testbed_.unbind(chip);
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, SaysLookAgainWhenTheDriverTakesAChip) {
    const MockChip chip = pluggedChip();
    testbed_.unbind(chip);
    MonitorProbe probe{GetParam()};
    testbed_.bind(chip);
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, LeavesASceneThatAScanUnderstandsAfterEachStep) {
    SysfsScanner scanner{"/sys", "/dev"};
    MonitorProbe probe{GetParam()};
    MockChip chip;
    testbed_.plug(chip);
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
    EXPECT_EQ(scanner.scan().devices.at(0).classDevice->name, "hailo0");
    EXPECT_THAT(scanner.scan().devices[0].problems, IsEmpty());
    testbed_.unbind(chip);
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
    EXPECT_EQ(scanner.scan().devices.at(0).problems.at(0).reason, Reason::DriverNotBound);
    testbed_.bind(chip);
    chip = testbed_.replug(chip, 3);
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
    EXPECT_EQ(scanner.scan().devices.at(0).classDevice->name, "hailo3");
    testbed_.unplug(chip);
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
    EXPECT_EQ(scanner.scan(), Scan{});
}

TEST_P(AMonitor, SeesClassDevicesOfEveryClassFolder) {
    for (const std::string version : {"4.17.0", "4.23.0", "5.3.0"}) {
        const MockChip chip{.driverVersion = version};
        testbed_.plug(chip);
        MonitorProbe probe{GetParam()};
        testbed_.uevent(chip.classPath(), "change");
        EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent)) << version;
        testbed_.unplug(chip);
    }
}

TEST_P(AMonitor, SaysItOnceForABurst) {
    MonitorProbe probe{GetParam()};
    testbed_.plug(MockChip{.address = {0, 1, 0, 0}, .index = 0});
    testbed_.plug(MockChip{.address = {0, 2, 0, 0}, .index = 1});
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, SaysItAgainForEachChangeAfterTheLast) {
    const MockChip chip = pluggedChip();
    MonitorProbe probe{GetParam()};
    for (int round = 0; round < 5; ++round) {
        testbed_.uevent(chip.pciPath(), "change");
        EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent)) << round;
    }
}

TEST_P(AMonitor, HearsWhatHappensBetweenItsConstructionAndTheFirstTurnOfTheLoop) {
    MonitorProbe probe{GetParam()};
    testbed_.plug(MockChip{});
    EXPECT_THAT(SysfsScanner("/sys", "/dev").scan().devices, SizeIs(1));
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, KeepsSilentWhileNothingHappens) {
    pluggedChip();
    MonitorProbe probe{GetParam()};
    EXPECT_THAT(probe.takeCauses(), IsEmpty());
}

TEST_P(AMonitor, KeepsSilentAboutOtherPciFunctions) {
    const MockChip chip = pluggedChip();
    MonitorProbe probe{GetParam()};
    testbed_.uevent(chip.bridgePaths().front(), "change");
    testbed_.uevent(chip.bridgePaths().front(), "bind");
    EXPECT_THAT(probe.takeCauses(), IsEmpty());
}

TEST_P(AMonitor, KeepsSilentAboutOtherSubsystems) {
    MonitorProbe probe{GetParam()};
    testbed_.load(testing::Fixture::parse("P: /devices/virtual/hailo1x_integrated/h1x\n"
                                          "E: SUBSYSTEM=hailo1x_integrated\n\n"
                                          "P: /devices/virtual/net/eth0\nE: SUBSYSTEM=net\n"));
    EXPECT_THAT(probe.takeCauses(), IsEmpty());
}

TEST_P(AMonitor, HearsAFailedRecoveryOnABridge) {
    const MockChip chip = pluggedChip();
    MonitorProbe probe{GetParam()};
    testbed_.uevent(chip.bridgePaths().front(), "change",
                    {"ERROR_EVENT=FAILED_RECOVERY", "DEVICE_ONLINE=0"});
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, TakesAPciFunctionThatTellsNoIdForAChip) {
    MonitorProbe probe{GetParam()};
    testbed_.load(
        testing::Fixture::parse("P: /devices/pci0000:00/0000:00:02.0\nE: SUBSYSTEM=pci\n"));
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, FindsTheIrrelevantAmongTheRelevant) {
    const MockChip chip = pluggedChip();
    MonitorProbe probe{GetParam()};
    testbed_.uevent(chip.pciPath(), "change");
    testbed_.uevent(chip.bridgePaths().front(), "change");
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, MayGoAwayWhileAUeventWaits) {
    MonitorProbe probe{GetParam()};
    boost::asio::post(probe.loop(), [&probe] { probe.destroyMonitor(); });
    testbed_.plug(MockChip{});
    EXPECT_THAT(probe.takeCauses(), IsEmpty());
}

TEST_P(AMonitor, LeavesNoSocketBehind) {
    MonitorProbe probe{GetParam()};
    EXPECT_THAT(ueventSockets(), ElementsAre(probe.socket()));
    probe.destroyMonitor();
    EXPECT_THAT(ueventSockets(), IsEmpty());
}

TEST_P(AMonitor, ReplacesABrokenSocketAndSaysSo) {
    MonitorProbe probe{GetParam()};
    ASSERT_EQ(::shutdown(probe.socket(), SHUT_RDWR), 0);
    EXPECT_THAT(probe.takeCauses(), IsEmpty());
    EXPECT_THAT(probe.waitForCauses(), ElementsAre(restored));
    testbed_.plug(MockChip{});
    EXPECT_THAT(probe.takeCauses(), ElementsAre(uevent));
}

TEST_P(AMonitor, MayGoAwayWhileItIsBroken) {
    MonitorProbe probe{GetParam()};
    ASSERT_EQ(::shutdown(probe.socket(), SHUT_RDWR), 0);
    EXPECT_THAT(probe.takeCauses(), IsEmpty());
    probe.destroyMonitor();
    EXPECT_THAT(probe.takeCauses(), IsEmpty());
    EXPECT_TRUE(probe.loop().stopped()) << "no timer is left";
}

TEST_P(AMonitor, TellsItsSource) {
    boost::asio::io_context loop;
    EXPECT_EQ(UdevMonitor(loop, GetParam(), nullptr).source(), GetParam());
}

TEST(AnAutomaticMonitor, DecidesForOneOfTheTwo) {
    const testing::Testbed testbed;
    boost::asio::io_context loop;
    EXPECT_NE(UdevMonitor(loop, UeventSource::Automatic, nullptr).source(),
              UeventSource::Automatic);
}

} // namespace
} // namespace hdp::hotplug
