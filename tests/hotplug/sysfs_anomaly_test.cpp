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

const MockChip virtualChip{.driverVersion = "4.22.0"};
const MockChip linkedChip{.driverVersion = "4.23.0"};
const std::string entry = "/sys/class/hailo_chardev/hailo0";

class AMessyHost : public ::testing::Test {
  protected:
    testing::MockHost host_;
};

/// The content of an attribute, and what is said about it.
struct Complaint {
    std::string content;
    std::string words;
};

class ABadAddress : public AMessyHost, public ::testing::WithParamInterface<Complaint> {};

TEST_P(ABadAddress, IsNamedWithItsCauseAndLeavesTheChipWithoutClassDevice) {
    host_.add({virtualChip});
    host_.write(virtualChip.classPath() + "/board_location", GetParam().content);
    const Scan scan = host_.scan();
    const std::string words = entry + "/board_location " + GetParam().words;
    EXPECT_THAT(scan.anomalies, ElementsAre(HasSubstr(words)));
    EXPECT_THAT(reasonsOf(scan.devices.at(0)), ElementsAre(Reason::ClassDeviceMissing));
}

INSTANTIATE_TEST_SUITE_P(
    Contents,
    ABadAddress,
    ::testing::Values(Complaint{"", "is empty"},
                      Complaint{"\n", "is empty"},
                      Complaint{std::string(5000, '0'), "is larger than 4096 bytes"},
                      Complaint{"\xff\xfe", "is not UTF-8"},
                      Complaint{"0000:01:00.0\n0000:02:00.0", "contains a control character"},
                      Complaint{"slot 1", "says \"slot 1\", which is no PCI address"},
                      Complaint{"1e60:2864", "says \"1e60:2864\", which is no PCI address"}));

TEST_F(AMessyHost, NamesAnAddressAttributeThatCannotBeRead) {
    host_.add({virtualChip});
    host_.makeFolder(virtualChip.classPath() + "/board_location");
    EXPECT_THAT(host_.scan().anomalies,
                ElementsAre(HasSubstr(entry + "/board_location cannot be read: Is a directory")));
}

TEST_F(AMessyHost, PassesOverAClassDeviceWhoseNameIsNotText) {
    host_.write("/sys/class/hailo_chardev/hai\xfflo0/board_location", "0000:01:00.0");
    host_.write("/sys/class/hailo1x/h1x\n0/device_id", "0000:02:00.0");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.devices, IsEmpty());
    EXPECT_THAT(scan.anomalies,
                ElementsAre("/sys/class/hailo1x holds a name that is not text; it was passed over.",
                            "/sys/class/hailo_chardev holds a name that is not text; it was passed "
                            "over."));
}

TEST_F(AMessyHost, PassesOverAClassDeviceThatLeadsElsewhere) {
    host_.write("/etc/hailo0/board_location", "0000:01:00.0");
    host_.link("/sys/class/hailo_chardev/hailo0", "../../../etc/hailo0");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.devices, IsEmpty());
    EXPECT_THAT(scan.anomalies, ElementsAre(entry + " leads to /etc/hailo0, which is no class "
                                                    "device; it was passed over."));
}

TEST_F(AMessyHost, HasNoDriverWhoseNameIsNotText) {
    host_.add({linkedChip});
    host_.link(linkedChip.pciPath() + "/driver", "../../drivers/ha\xffilo");
    EXPECT_EQ(host_.scan().devices.at(0).driver, std::nullopt);
    host_.link(linkedChip.pciPath() + "/driver", "../../drivers/");
    EXPECT_EQ(host_.scan().devices.at(0).driver, std::nullopt);
}

TEST_F(AMessyHost, NamesADeviceIdThatShouldHoldTheAddressAndCannotBeUsed) {
    host_.write("/sys/class/hailo1x/h1x-0/device_id", "\x01");
    EXPECT_THAT(
        host_.scan().anomalies,
        ElementsAre(HasSubstr("/sys/class/hailo1x/h1x-0/device_id contains a control character")));
}

TEST_F(AMessyHost, TakesTheAddressFromDeviceIdIfNothingElseTellsIt) {
    host_.write("/sys/class/hailo1x/h1x-0/device_id", "0000:01:00.0");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.anomalies, IsEmpty());
    EXPECT_EQ(scan.devices.at(0).address, (PciAddress{0, 1, 0, 0}));
}

TEST_F(AMessyHost, TakesTheAddressFromTheLinkIfNoAttributeTellsIt) {
    host_.add({linkedChip});
    host_.remove(linkedChip.classPath() + "/board_location");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.anomalies, IsEmpty());
    ASSERT_THAT(scan.devices, SizeIs(1));
    EXPECT_TRUE(scan.devices[0].classDevice);
}

TEST_F(AMessyHost, CallsAChipUnusableWhoseAddressHailortCannotRead) {
    host_.add({linkedChip});
    host_.write(linkedChip.classPath() + "/board_location", "slot 1");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.anomalies, IsEmpty());
    ASSERT_THAT(scan.devices, SizeIs(1));
    ASSERT_THAT(reasonsOf(scan.devices[0]), ElementsAre(Reason::AttributeUnreadable));
    EXPECT_EQ(scan.devices[0].problems[0].sentence,
              entry + "/board_location says \"slot 1\", which is no PCI address; "
                      "reload the driver.");
    EXPECT_TRUE(scan.devices[0].classDevice) << "the link still tells whose it is";
}

TEST_F(AMessyHost, TrustsTheLinkWhereTheAttributeDisagrees) {
    host_.add({linkedChip, MockChip{.address = {0, 2, 0, 0}, .isBound = false}});
    host_.write(linkedChip.classPath() + "/board_location", "0000:02:00.0");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.anomalies,
                ElementsAre(entry + " claims 0000:02:00.0 and is linked to 0000:01:00.0; "
                                    "the link was trusted."));
    ASSERT_THAT(scan.devices, SizeIs(2));
    EXPECT_TRUE(scan.devices[0].classDevice);
    EXPECT_FALSE(scan.devices[1].classDevice);
}

TEST_F(AMessyHost, NamesAnEntryThatTellsNoAddressAtAll) {
    host_.write(entry + "/dev", "511:0\n");
    EXPECT_THAT(host_.scan().anomalies,
                ElementsAre(entry + " tells no PCI address; it was passed over."));
    EXPECT_THAT(host_.scan().devices, IsEmpty());
}

class ABadDeviceNumber : public AMessyHost, public ::testing::WithParamInterface<Complaint> {};

TEST_P(ABadDeviceNumber, IsAProblemOfTheChip) {
    host_.add({linkedChip});
    host_.write(linkedChip.classPath() + "/dev", GetParam().content);
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.anomalies, IsEmpty());
    const Device& chip = scan.devices.at(0);
    ASSERT_THAT(reasonsOf(chip), ElementsAre(Reason::AttributeUnreadable));
    EXPECT_THAT(chip.problems[0].sentence,
                HasSubstr(linkedChip.classPath() + "/dev " + GetParam().words));
    EXPECT_EQ(chip.classDevice->number, std::nullopt) << "half a number is none";
}

INSTANTIATE_TEST_SUITE_P(
    Contents,
    ABadDeviceNumber,
    ::testing::Values(Complaint{"", "is empty"},
                      Complaint{"511", "says \"511\", which is no device number"},
                      Complaint{"511:", "says \"511:\", which is no device number"},
                      Complaint{":0", "says \":0\", which is no device number"},
                      Complaint{"511:0:1", "says \"511:0:1\", which is no device number"},
                      Complaint{"-1:0", "says \"-1:0\", which is no device number"},
                      Complaint{"99999999999:0",
                                "says \"99999999999:0\", which is no device number"},
                      Complaint{"511:\t0", "contains a control character"}));

TEST_F(AMessyHost, SaysOfTheDeviceThatItsNumberIsMissing) {
    host_.add({linkedChip});
    host_.remove(linkedChip.classPath() + "/dev");
    const Scan scan = host_.scan();
    ASSERT_THAT(reasonsOf(scan.devices.at(0)), ElementsAre(Reason::AttributeUnreadable));
    EXPECT_THAT(scan.devices[0].problems[0].sentence, HasSubstr("/dev is missing"));
}

TEST_F(AMessyHost, LeavesOutAttributesThatNobodyNeedsIfTheyAreBad) {
    host_.add({linkedChip});
    host_.write(linkedChip.classPath() + "/device_id", "\xff");
    host_.write(linkedChip.classPath() + "/accelerator_type", "");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.anomalies, IsEmpty());
    EXPECT_THAT(scan.devices.at(0).problems, IsEmpty());
    EXPECT_EQ(scan.devices[0].classDevice->deviceId, std::nullopt);
    EXPECT_EQ(scan.devices[0].classDevice->acceleratorType, std::nullopt);
}

TEST_F(AMessyHost, PassesOverAClassEntryWhoseLinkLeadsNowhere) {
    host_.link(entry, "../../devices/virtual/hailo_chardev/hailo0");
    EXPECT_THAT(host_.scan().anomalies,
                ElementsAre(HasSubstr(entry + " is not a folder that can be opened")));
}

TEST_F(AMessyHost, PassesOverAClassEntryThatIsALinkToItself) {
    host_.link(entry, "hailo0");
    EXPECT_THAT(host_.scan().anomalies,
                ElementsAre(HasSubstr(entry + " is not a folder that can be opened")));
}

TEST_F(AMessyHost, PassesOverAClassEntryThatIsAFile) {
    host_.write(entry, "0000:01:00.0");
    EXPECT_THAT(host_.scan().anomalies,
                ElementsAre(HasSubstr(entry + " is not a folder that can be opened")));
}

TEST_F(AMessyHost, TakesAClassEntryThatIsAFolderInsteadOfALink) {
    host_.write(entry + "/board_location", "0000:01:00.0");
    host_.write(entry + "/dev", "511:0\n");
    const Scan scan = host_.scan();
    ASSERT_THAT(scan.devices, SizeIs(1));
    EXPECT_EQ(scan.devices[0].classDevice->sysPath, entry);
}

TEST_F(AMessyHost, SurvivesFilesAndLoopsInPlaceOfFolders) {
    host_.write("/sys/class/hailo_chardev", "a file");
    host_.link("/sys/class/hailo1x", "hailo1x");
    host_.write("/sys/bus/pci/devices", "a file");
    EXPECT_EQ(host_.scan(), Scan{});
    host_.link("/sys/bus/pci/devices", "../pci/devices");
    EXPECT_EQ(host_.scan(), Scan{});
    host_.write("/sys/class", "a file");
    host_.write("/sys/bus", "a file");
    EXPECT_EQ(host_.scan(), Scan{});
}

TEST_F(AMessyHost, PassesOverPciEntriesThatAreNoReadableFunction) {
    host_.add({linkedChip});
    host_.link("/sys/bus/pci/devices/0000:02:00.0", "0000:02:00.0");
    host_.link("/sys/bus/pci/devices/0000:03:00.0", "../../../devices/gone");
    host_.write("/sys/bus/pci/devices/0000:04:00.0", "a file");
    host_.write("/sys/bus/pci/devices/0000:05:00.0/vendor", "0x1e60\n");
    host_.write("/sys/bus/pci/devices/0000:06:00.0/vendor", "1e60\n");
    host_.write("/sys/bus/pci/devices/0000:07:00.0/vendor", "0x1e600\n");
    host_.write("/sys/bus/pci/devices/slot/vendor", "0x1e60\n");
    host_.write("/sys/bus/pci/devices/slot/device", "0x2864\n");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.devices, SizeIs(1));
    EXPECT_THAT(scan.anomalies, IsEmpty());
}

TEST_F(AMessyHost, IsNotLedAstrayByADriverLinkToNowhere) {
    host_.add({linkedChip});
    host_.link(linkedChip.pciPath() + "/driver", "driver");
    const Scan scan = host_.scan();
    EXPECT_EQ(scan.devices.at(0).driver, "driver");
    EXPECT_EQ(scan.devices[0].driverVersion, std::nullopt);
}

TEST_F(AMessyHost, SortsWhatItComplainsAbout) {
    host_.write("/sys/class/hailo_chardev/hailo2", "");
    host_.write("/sys/class/hailo_chardev/hailo0", "");
    host_.write("/sys/class/hailo1x/h1x-1", "");
    const auto anomalies = host_.scan().anomalies;
    EXPECT_THAT(anomalies, SizeIs(3));
    EXPECT_TRUE(std::ranges::is_sorted(anomalies));
}

} // namespace
} // namespace hdp::hotplug
