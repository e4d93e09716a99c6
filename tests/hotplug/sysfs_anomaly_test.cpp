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

TEST_F(AMessyHost, NamesAnAddressAttributeThatCannotBeUsedAndWhy) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", " is empty"},
        {"\n", " is empty"},
        {std::string(5000, '0'), " is larger than 4096 bytes"},
        {"\xff\xfe", " is not UTF-8"},
        {"0000:01:00.0\n0000:02:00.0", " contains a control character"},
        {"slot 1", " says \"slot 1\", which is no PCI address"},
        {"1e60:2864", " says \"1e60:2864\", which is no PCI address"},
    };
    host_.add({virtualChip});
    for (const auto& [content, complaint] : cases) {
        host_.write(virtualChip.classPath() + "/board_location", content);
        const Scan scan = host_.scan();
        EXPECT_THAT(scan.anomalies, ElementsAre(HasSubstr(entry + "/board_location" + complaint)));
        ASSERT_THAT(scan.devices, SizeIs(1));
        EXPECT_THAT(reasonsOf(scan.devices[0]), ElementsAre(Reason::ClassDeviceMissing));
    }
}

TEST_F(AMessyHost, NamesAnAddressAttributeThatCannotBeRead) {
    host_.add({virtualChip});
    host_.makeFolder(virtualChip.classPath() + "/board_location");
    EXPECT_THAT(host_.scan().anomalies,
                ElementsAre(HasSubstr(entry + "/board_location cannot be read: Is a directory")));
}

TEST_F(AMessyHost, NamesADeviceIdThatShouldHoldTheAddressAndCannotBeUsed) {
    host_.write("/sys/class/hailo1x/h1x-0/device_id", "\x01");
    EXPECT_THAT(
        host_.scan().anomalies,
        ElementsAre(HasSubstr("/sys/class/hailo1x/h1x-0/device_id contains a control character")));
}

TEST_F(AMessyHost, TakesTheAddressFromTheLinkIfNoAttributeTellsIt) {
    host_.add({linkedChip});
    host_.remove(linkedChip.classPath() + "/board_location");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.anomalies, IsEmpty());
    ASSERT_THAT(scan.devices, SizeIs(1));
    EXPECT_TRUE(scan.devices[0].classDevice);
}

TEST_F(AMessyHost, TakesTheAddressFromTheLinkIfTheAttributeIsBadAndSaysSo) {
    host_.add({linkedChip});
    host_.write(linkedChip.classPath() + "/board_location", "");
    const Scan scan = host_.scan();
    EXPECT_THAT(scan.anomalies, ElementsAre(HasSubstr(entry + "/board_location is empty")));
    ASSERT_THAT(scan.devices, SizeIs(1));
    EXPECT_TRUE(scan.devices[0].classDevice);
    EXPECT_THAT(scan.devices[0].problems, IsEmpty());
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

TEST_F(AMessyHost, SaysOfTheDeviceWhatIsWrongWithItsNumber) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "/dev is empty"},
        {"511", "/dev says \"511\", which is no device number"},
        {"511:", "/dev says \"511:\", which is no device number"},
        {":0", "/dev says \":0\", which is no device number"},
        {"511:0:1", "/dev says \"511:0:1\", which is no device number"},
        {"-1:0", "/dev says \"-1:0\", which is no device number"},
        {"99999999999:0", "/dev says \"99999999999:0\", which is no device number"},
        {"511:\t0", "/dev contains a control character"},
    };
    host_.add({linkedChip});
    for (const auto& [content, complaint] : cases) {
        host_.write(linkedChip.classPath() + "/dev", content);
        const Scan scan = host_.scan();
        EXPECT_THAT(scan.anomalies, IsEmpty());
        ASSERT_THAT(scan.devices, SizeIs(1));
        ASSERT_THAT(reasonsOf(scan.devices[0]), ElementsAre(Reason::AttributeUnreadable));
        EXPECT_THAT(scan.devices[0].problems[0].sentence,
                    HasSubstr(linkedChip.classPath() + complaint));
    }
}

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
