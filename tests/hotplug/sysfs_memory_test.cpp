// SPDX-License-Identifier: Apache-2.0
#include "hotplug/sysfs_scanner.hpp"
#include "tests/support/mock_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace hdp::hotplug {
namespace {

namespace fs = std::filesystem;

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::MockChip;
using testing::reasonsOf;
using ::testing::SizeIs;

const MockChip chip{.driverVersion = "4.23.0"};
const std::string pciLink = "/sys/bus/pci/devices/0000:01:00.0";
const std::string classLink = "/sys/class/hailo_chardev/hailo0";

/// A scanner that has looked once at a host with one chip.
class ASecondLook : public ::testing::Test {
  protected:
    ASecondLook() : scanner_(host_.inRoot("/sys"), host_.inRoot("/dev")) {
        host_.add({chip});
        first_ = scanner_.scan();
    }

    Device theChip() { return scanner_.scan().devices.at(0); }

    /// The old entry and the new one exist together for a moment, so their inodes differ on every
    /// file system. sysfs never gives a number twice.
    void makeAgain(const std::string& link) const {
        const fs::path path = host_.inRoot(link);
        fs::copy_symlink(path, path.string() + ".new");
        fs::rename(path.string() + ".new", path);
    }

    testing::MockHost host_;
    SysfsScanner scanner_;
    Scan first_;
};

TEST_F(ASecondLook, SeesTheSameWhereNothingChanged) {
    EXPECT_EQ(scanner_.scan(), first_);
}

TEST_F(ASecondLook, SeesWhatCanChangeOfAFunction) {
    host_.remove(chip.pciPath() + "/driver");
    EXPECT_EQ(theChip().driver, std::nullopt);
}

TEST_F(ASecondLook, SeesThatTheDriverWasReplaced) {
    host_.write("/sys/module/hailo_pci/version", "4.23.1\n");
    EXPECT_EQ(theChip().driverVersion, "4.23.1");
}

TEST_F(ASecondLook, SeesThatTheNodeIsGone) {
    host_.remove("/dev/hailo0");
    EXPECT_THAT(reasonsOf(theChip()), ElementsAre(Reason::NodeMissing));
}

TEST_F(ASecondLook, TakesAnotherFunctionAtTheSameAddressForWhatItIs) {
    host_.write(chip.pciPath() + "/device", "0x45c4\n");
    makeAgain(pciLink);
    EXPECT_EQ(theChip().model, "hailo-10h");
}

TEST_F(ASecondLook, TakesAFunctionOfAnotherVendorAtTheSameAddressForWhatItIs) {
    host_.write(chip.pciPath() + "/vendor", "0x8086\n");
    host_.remove(classLink);
    makeAgain(pciLink);
    EXPECT_THAT(scanner_.scan().devices, IsEmpty());
}

TEST_F(ASecondLook, TakesAnotherClassDeviceOfTheSameNameForWhatItIs) {
    host_.write(chip.classPath() + "/dev", "400:7\n");
    makeAgain(classLink);
    EXPECT_EQ(theChip().classDevice->number, (DeviceNumber{400, 7}));
}

TEST_F(ASecondLook, SeesThatAnEntryIsGoneAndAnotherCame) {
    host_.remove(classLink);
    EXPECT_THAT(reasonsOf(theChip()), ElementsAre(Reason::ClassDeviceMissing));
    host_.add({MockChip{.address = {0, 2, 0, 0}, .driverVersion = "4.23.0", .index = 1}});
    EXPECT_THAT(scanner_.scan().devices, SizeIs(2));
}

TEST_F(ASecondLook, ReadsAFaultyAttributeAgain) {
    host_.remove(chip.classPath() + "/dev");
    makeAgain(classLink);
    EXPECT_THAT(reasonsOf(theChip()), Contains(Reason::AttributeUnreadable));
    host_.write(chip.classPath() + "/dev", "511:0\n");
    EXPECT_EQ(theChip().classDevice->number, (DeviceNumber{511, 0}));
}

TEST_F(ASecondLook, RepeatsWhatDoesNotFit) {
    host_.write(chip.classPath() + "/board_location", "0000:02:00.0");
    makeAgain(classLink);
    EXPECT_THAT(scanner_.scan().anomalies, SizeIs(1));
    EXPECT_THAT(scanner_.scan().anomalies, SizeIs(1)) << "else it would be reported as new again";
}

TEST_F(ASecondLook, DoesNotReadAgainWhatCannotChangeUntilItIsForgotten) {
    host_.write(chip.pciPath() + "/numa_node", "1\n");
    host_.write(chip.classPath() + "/device_id", "1e60:45c4");
    EXPECT_EQ(scanner_.scan(), first_);
    scanner_.forget();
    EXPECT_EQ(theChip().numaNode, 1);
    EXPECT_EQ(theChip().classDevice->deviceId, "1e60:45c4");
}

} // namespace
} // namespace hdp::hotplug
