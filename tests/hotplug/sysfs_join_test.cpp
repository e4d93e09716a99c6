// SPDX-License-Identifier: Apache-2.0
#include "hotplug/sysfs_scanner.hpp"
#include "tests/support/mock_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp::hotplug {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MockChip;
using testing::reasonsOf;
using ::testing::SizeIs;

constexpr PciAddress chipAddress{0, 1, 0, 0};

class AScan : public ::testing::Test {
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

TEST_F(AScan, NamesTheModuleThatBindsTheUnboundChipNow) {
    host_.add({MockChip{.driverVersion = "5.3.0", .isBound = false}});
    EXPECT_THAT(theChip().problems[0].sentence, HasSubstr("module hailo1x_pci"));
}

TEST_F(AScan, NamesTheIdOfAnUnboundChipThatNoKnownDriverBinds) {
    host_.add({MockChip{.deviceId = 0x0abc, .isBound = false}});
    EXPECT_THAT(theChip().problems[0].sentence, HasSubstr("a Hailo driver that knows 1e60:0abc"));
}

TEST_F(AScan, SortsChipsByAddress) {
    host_.add({MockChip{.address = {1, 0, 0, 0}, .index = 0},
               MockChip{.address = {0, 0x20, 0, 0}, .index = 1},
               MockChip{.address = {0, 3, 0, 0}, .index = 2}});
    const auto devices = host_.scan().devices;
    ASSERT_THAT(devices, SizeIs(3));
    EXPECT_EQ(devices[0].address, (PciAddress{0, 3, 0, 0}));
    EXPECT_EQ(devices[1].address, (PciAddress{0, 0x20, 0, 0}));
    EXPECT_EQ(devices[2].address, (PciAddress{1, 0, 0, 0}));
    EXPECT_EQ(devices[0].classDevice->name, "hailo2") << "the driver numbers chips as it likes";
}

TEST_F(AScan, ShowsDriversOfBothLinesSideBySide) {
    host_.add({MockChip{.driverVersion = "4.23.0"},
               MockChip{.address = {0, 2, 0, 0}, .driverVersion = "5.3.0"}});
    const auto devices = host_.scan().devices;
    ASSERT_THAT(devices, SizeIs(2));
    EXPECT_EQ(devices[0].driverVersion, "4.23.0");
    EXPECT_EQ(devices[0].classDevice->name, "hailo0");
    EXPECT_EQ(devices[1].driverVersion, "5.3.0");
    EXPECT_EQ(devices[1].classDevice->name, "h1x-0");
}

TEST_F(AScan, ListsTheBridgesFromTheRootPortDown) {
    const std::vector<PciAddress> bridges{{0, 0, 1, 0}, {0, 0x10, 0, 0}, {0, 0x11, 3, 0}};
    host_.add({MockChip{.address = {0, 0x12, 0, 0}, .upstream = bridges}});
    EXPECT_EQ(theChip().upstream, bridges);
}

TEST_F(AScan, ListsNoBridgeAboveAChipOnTheRootBus) {
    host_.add({MockChip{.address = {0, 0, 4, 0}, .upstream = {}}});
    EXPECT_THAT(theChip().upstream, IsEmpty());
}

TEST_F(AScan, KnowsNoNumaNodeIfTheKernelSaysNoneOrNonsense) {
    host_.add({MockChip{.numaNode = 1}});
    EXPECT_EQ(theChip().numaNode, 1);
    for (const char* text : {"-1\n", "one\n", "1 2\n", ""}) {
        host_.write(MockChip{}.pciPath() + "/numa_node", text);
        EXPECT_EQ(theChip().numaNode, std::nullopt) << text;
    }
    host_.remove(MockChip{}.pciPath() + "/numa_node");
    EXPECT_EQ(theChip().numaNode, std::nullopt);
}

TEST_F(AScan, KeepsAnUnknownProductWorking) {
    host_.add({MockChip{.driverVersion = "4.23.0", .deviceId = 0x0abc}});
    EXPECT_EQ(theChip().model, "hailo-0abc");
    EXPECT_THAT(theChip().problems, IsEmpty());
}

TEST_F(AScan, KeepsAFutureDriverWorkingThatKeepsTheFolder) {
    host_.add({MockChip{.driverVersion = "5.3.0"}});
    host_.write("/sys/module/hailo1x_pci/version", "7.1.0\n");
    EXPECT_EQ(theChip().driverVersion, "7.1.0");
    EXPECT_THAT(theChip().problems, IsEmpty());
}

TEST_F(AScan, KnowsNoVersionOfADriverThatTellsNone) {
    host_.add({MockChip{}});
    host_.remove("/sys/module/hailo_pci/version");
    EXPECT_EQ(theChip().driver, "hailo");
    EXPECT_EQ(theChip().driverVersion, std::nullopt);
}

TEST_F(AScan, SaysWhichForeignDriverTookTheChip) {
    host_.add({MockChip{.isBound = false}});
    host_.link(MockChip{}.pciPath() + "/driver", "../../../../bus/pci/drivers/vfio-pci");
    const Device chip = theChip();
    EXPECT_EQ(chip.driver, "vfio-pci");
    ASSERT_THAT(reasonsOf(chip), ElementsAre(Reason::ForeignDriver));
    EXPECT_THAT(chip.problems[0].sentence, HasSubstr("0000:01:00.0 is bound to driver vfio-pci"));
}

TEST_F(AScan, ChoosesNoneOfSeveralClassDevicesOfOneChip) {
    host_.add({MockChip{.driverVersion = "4.22.0"}});
    host_.write("/sys/class/hailo1x/h1x-0/device_id", "0000:01:00.0");
    const Device chip = theChip();
    EXPECT_EQ(chip.classDevice, std::nullopt);
    ASSERT_THAT(reasonsOf(chip), ElementsAre(Reason::ClassDeviceAmbiguous));
    EXPECT_THAT(chip.problems[0].sentence, HasSubstr("hailo1x/h1x-0, hailo_chardev/hailo0"));
}

TEST_F(AScan, ShowsAClassDeviceWithoutPciFunctionWithTheIdThatItTells) {
    host_.add({MockChip{.driverVersion = "4.22.0"}});
    host_.remove("/sys/bus/pci/devices/0000:01:00.0");
    const Device chip = theChip();
    EXPECT_EQ(chip.address, chipAddress);
    EXPECT_EQ(chip.id, (PciId{hailoVendor, 0x2864}));
    EXPECT_EQ(chip.model, "hailo-8");
    EXPECT_TRUE(chip.classDevice);
    ASSERT_THAT(reasonsOf(chip), ElementsAre(Reason::PciFunctionMissing));
    EXPECT_THAT(chip.problems[0].sentence,
                HasSubstr("/sys/class/hailo_chardev/hailo0 claims 0000:01:00.0"));
}

TEST_F(AScan, KnowsNoModelOfAClassDeviceWithoutPciFunctionThatTellsNoId) {
    host_.add({MockChip{.driverVersion = "5.3.0"}});
    host_.remove("/sys/bus/pci/devices/0000:01:00.0");
    EXPECT_EQ(theChip().id, PciId{});
    EXPECT_EQ(theChip().model, "hailo-unknown");
    EXPECT_THAT(reasonsOf(theChip()), ElementsAre(Reason::PciFunctionMissing));
}

TEST_F(AScan, LooksTheSameTwiceIfNothingChanged) {
    host_.add("i_wide_domains");
    EXPECT_EQ(host_.scan(), host_.scan());
}

} // namespace
} // namespace hdp::hotplug
