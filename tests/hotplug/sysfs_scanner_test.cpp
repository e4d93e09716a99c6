// SPDX-License-Identifier: Apache-2.0
#include "hotplug/sysfs_scanner.hpp"
#include "tests/support/mock_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp::hotplug {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::MockChip;
using testing::reasonsOf;
using ::testing::SizeIs;

constexpr PciAddress chipAddress{0, 1, 0, 0};
constexpr PciAddress portAddress{0, 0, 0x1c, 0};

class AHost : public ::testing::Test {
  protected:
    /// The only chip of a host with one chip and no anomaly.
    Device theChip() {
        const Scan scan = host_.scan();
        EXPECT_THAT(scan.anomalies, IsEmpty());
        EXPECT_THAT(scan.devices, SizeIs(1));
        return scan.devices.empty() ? Device{} : scan.devices.front();
    }

    testing::MockHost host_;
};

/// What driver 4.22 shows; the tests of other generations name what differs.
Device hailo8WithDriver422() {
    Device device;
    device.address = chipAddress;
    device.id = {hailoVendor, 0x2864};
    device.model = "hailo-8";
    device.upstream = {portAddress};
    device.driver = "hailo";
    device.driverVersion = "4.22.0";
    device.classDevice = ClassDevice{"hailo0",
                                     "hailo_chardev",
                                     "/sys/devices/virtual/hailo_chardev/hailo0",
                                     DeviceNumber{234, 0},
                                     "1e60:2864",
                                     "0000:01:00.0",
                                     "0"};
    return device;
}

TEST_F(AHost, ShowsAChipOfDriver417) {
    host_.add("a_driver_4_17");
    Device expected = hailo8WithDriver422();
    expected.driverVersion = "4.17.0";
    expected.classDevice->acceleratorType = std::nullopt;
    EXPECT_EQ(theChip(), expected);
}

TEST_F(AHost, ShowsAChipOfDriver422) {
    host_.add("b_driver_4_22");
    EXPECT_EQ(theChip(), hailo8WithDriver422());
}

TEST_F(AHost, ShowsAChipOfDriver423) {
    host_.add("c_driver_4_23");
    Device expected = hailo8WithDriver422();
    expected.driverVersion = "4.23.0";
    expected.numaNode = 0;
    expected.classDevice->sysPath =
        "/sys/devices/pci0000:00/0000:00:1c.0/0000:01:00.0/hailo_chardev/hailo0";
    expected.classDevice->number->major = 510;
    EXPECT_EQ(theChip(), expected);
}

TEST_F(AHost, ShowsAHailo10HOfDriver51) {
    host_.add("d_driver_5_1_hailo10h");
    const Device chip = theChip();
    EXPECT_EQ(chip.model, "hailo-10h");
    EXPECT_EQ(chip.driver, "hailo1x");
    EXPECT_EQ(chip.driverVersion, "5.1.1");
    ASSERT_TRUE(chip.classDevice);
    EXPECT_EQ(chip.classDevice->classFolder, "hailo_chardev");
    EXPECT_EQ(chip.classDevice->acceleratorType, "1");
    EXPECT_THAT(chip.problems, IsEmpty());
}

TEST_F(AHost, ShowsAChipOfDriver53) {
    host_.add("e_driver_5_3");
    const Device chip = theChip();
    EXPECT_EQ(chip.address, chipAddress);
    EXPECT_EQ(chip.driverVersion, "5.3.0");
    const ClassDevice expected{"h1x-0",
                               "hailo1x",
                               "/sys/devices/pci0000:00/0000:00:1c.0/0000:01:00.0/hailo1x/h1x-0",
                               DeviceNumber{511, 0},
                               "0000:01:00.0",
                               std::nullopt,
                               std::nullopt};
    EXPECT_EQ(chip.classDevice, expected);
    EXPECT_THAT(chip.problems, IsEmpty());
}

TEST_F(AHost, SaysOfAnUnboundChipWhichModuleToLoadAndWhereToLook) {
    host_.add("f_unbound");
    const Device chip = theChip();
    EXPECT_EQ(chip.driver, std::nullopt);
    EXPECT_EQ(chip.driverVersion, std::nullopt);
    EXPECT_EQ(chip.classDevice, std::nullopt);
    ASSERT_THAT(reasonsOf(chip), ElementsAre(Reason::DriverNotBound));
    EXPECT_EQ(chip.problems[0].sentence,
              "0000:01:00.0 has no driver: load module hailo_pci, or look for "
              "\"Firmware load failed\" in dmesg if it is loaded.");
}

TEST_F(AHost, WithoutAClassFolderShowsABoundChipWithoutClassDevice) {
    host_.add("g_no_class_folder");
    const Device chip = theChip();
    EXPECT_EQ(chip.driver, "hailo");
    EXPECT_EQ(chip.classDevice, std::nullopt);
    EXPECT_THAT(reasonsOf(chip), ElementsAre(Reason::ClassDeviceMissing));
}

TEST_F(AHost, PassesOverAcceleratorsInsideASoc) {
    host_.add("h_integrated");
    EXPECT_EQ(theChip(), hailo8WithDriver422());
}

TEST_F(AHost, PassesOverAnAcceleratorInsideASocByItsName) {
    host_.write("/sys/class/hailo_chardev/hailo_integrated_nnc/dev", "236:0\n");
    host_.write("/sys/class/hailo1x/h1x/dev", "237:0\n");
    EXPECT_EQ(host_.scan(), Scan{});
}

TEST_F(AHost, PassesOverAnAcceleratorInsideASocByWhatItSaysOfItself) {
    host_.write("/sys/class/hailo_chardev/hailo7/board_location", "[integrated]");
    host_.write("/sys/class/hailo1x/h1x-7/device_id", "[integrated]");
    EXPECT_EQ(host_.scan(), Scan{});
}

TEST_F(AHost, ShowsChipsOfWideDomainsAndSaysThatHailoRtCannotAddressThem) {
    host_.add("i_wide_domains");
    const Scan scan = host_.scan();
    ASSERT_THAT(scan.devices, SizeIs(2));
    EXPECT_EQ(scan.devices[0].address, (PciAddress{1, 1, 0, 0}));
    EXPECT_THAT(scan.devices[0].problems, IsEmpty()) << "16 bits are enough for this domain";
    EXPECT_EQ(scan.devices[1].address, (PciAddress{0x10000, 1, 0, 0}));
    EXPECT_THAT(reasonsOf(scan.devices[1]), ElementsAre(Reason::WideDomain));
    EXPECT_THAT(scan.devices[1].upstream,
                ElementsAre(PciAddress{0, 0, 0x0e, 0}, PciAddress{0x10000, 0, 2, 0}));
}

TEST_F(AHost, IsNotAskedForItsConfigSpaceWhichWouldWakeABridge) {
    host_.add("j_config_all_ones");
    const Device chip = theChip();
    EXPECT_TRUE(chip.classDevice);
    EXPECT_THAT(chip.problems, IsEmpty());
}

TEST_F(AHost, WithoutSysfsShowsNothing) {
    host_.remove("/sys");
    EXPECT_EQ(host_.scan(), Scan{});
}

class EveryGeneration : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryGeneration, ShowsAChipWithoutProblems) {
    testing::MockHost host;
    const MockChip chip{.driverVersion = GetParam(), .index = 3, .numaNode = 1};
    host.add({chip});
    const Scan scan = host.scan();
    EXPECT_THAT(scan.anomalies, IsEmpty());
    ASSERT_THAT(scan.devices, SizeIs(1));
    const Device& device = scan.devices[0];
    EXPECT_EQ(device.address, chip.address);
    EXPECT_EQ(device.id, chip.id());
    EXPECT_EQ(device.driverVersion, GetParam());
    ASSERT_TRUE(device.classDevice);
    EXPECT_EQ(device.classDevice->name, chip.nodeName());
    EXPECT_EQ(device.classDevice->sysPath, chip.classPath());
    ASSERT_TRUE(device.classDevice->number);
    EXPECT_EQ(device.classDevice->number->minor, 3U);
    EXPECT_THAT(device.problems, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Versions,
    EveryGeneration,
    ::testing::Values("4.17.0", "4.18.0", "4.20.1", "4.22.0", "4.23.0", "5.0.0", "5.2.0", "5.3.0"));

} // namespace
} // namespace hdp::hotplug
