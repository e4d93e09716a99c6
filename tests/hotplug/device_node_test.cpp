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

/// /dev/null has device number 1:3 on every Linux and stands in for a chip's node.
class ADeviceNode : public ::testing::Test {
  protected:
    void SetUp() override {
        host_.add({chip_});
        host_.write(chip_.classPath() + "/dev", "1:3\n");
        host_.link("/dev/hailo0", "/dev/null");
    }

    [[nodiscard]] Device scannedChip() const { return host_.scanWithNodes().devices.at(0); }

    MockChip chip_;
    testing::MockHost host_;
};

TEST_F(ADeviceNode, IsFineIfItIsTheDeviceThatSysfsNames) {
    EXPECT_THAT(scannedChip().problems, IsEmpty());
}

TEST_F(ADeviceNode, IsMissedIfItDoesNotExist) {
    host_.remove("/dev/hailo0");
    ASSERT_THAT(reasonsOf(scannedChip()), ElementsAre(Reason::NodeMissing));
    EXPECT_THAT(scannedChip().problems[0].sentence,
                HasSubstr("/dev/hailo0 cannot be looked at (No such file"));
}

TEST_F(ADeviceNode, IsMissedIfItsLinkLeadsNowhere) {
    host_.link("/dev/hailo0", "hailo0");
    ASSERT_THAT(reasonsOf(scannedChip()), ElementsAre(Reason::NodeMissing));
    EXPECT_THAT(scannedChip().problems[0].sentence, HasSubstr("Too many levels of symbolic links"));
}

TEST_F(ADeviceNode, IsNoDeviceIfItIsAFile) {
    host_.write("/dev/hailo0", "");
    EXPECT_THAT(reasonsOf(scannedChip()), ElementsAre(Reason::NodeNotADevice));
}

TEST_F(ADeviceNode, IsNoDeviceIfItIsAFolder) {
    host_.makeFolder("/dev/hailo0");
    EXPECT_THAT(reasonsOf(scannedChip()), ElementsAre(Reason::NodeNotADevice));
}

TEST_F(ADeviceNode, MismatchesIfItsMajorDiffers) {
    host_.write(chip_.classPath() + "/dev", "511:3\n");
    ASSERT_THAT(reasonsOf(scannedChip()), ElementsAre(Reason::NodeMismatch));
    EXPECT_THAT(scannedChip().problems[0].sentence,
                HasSubstr("/dev/hailo0 has device number 1:3 and sysfs says 511:3"));
}

TEST_F(ADeviceNode, MismatchesIfItsMinorDiffers) {
    host_.write(chip_.classPath() + "/dev", "1:5\n");
    EXPECT_THAT(reasonsOf(scannedChip()), ElementsAre(Reason::NodeMismatch));
}

TEST_F(ADeviceNode, IsNotComparedWithANumberThatCouldNotBeRead) {
    host_.write(chip_.classPath() + "/dev", "x\n");
    EXPECT_THAT(reasonsOf(scannedChip()), ElementsAre(Reason::AttributeUnreadable));
    host_.remove("/dev/hailo0");
    EXPECT_THAT(reasonsOf(scannedChip()),
                ElementsAre(Reason::AttributeUnreadable, Reason::NodeMissing));
}

TEST_F(ADeviceNode, IsNotLookedAtWhereNodesAreNotSeen) {
    host_.remove("/dev/hailo0");
    EXPECT_THAT(host_.scan().devices.at(0).problems, IsEmpty());
}

} // namespace
} // namespace hdp::hotplug
