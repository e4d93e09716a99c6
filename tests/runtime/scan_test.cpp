// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace hdp::testing {
namespace {

using ::testing::HasSubstr;

/// The stand-in of HailoRT's scan in a container with one chip's node, and a class folder that the
/// test fills.
class ScanTest : public ::testing::Test {
  protected:
    ScanTest() {
        host.plug({.address = {0, 1, 0, 0}});
        std::filesystem::create_directories(folder);
    }

    void fill(const std::string& node, const std::string& address, const std::string& type) {
        writeFile(folder / node / "board_location", address);
        writeFile(folder / node / "accelerator_type", type);
    }

    [[nodiscard]] Outcome scan() const {
        return host.podman.scan({"--device=/dev/hailo0",
                                 "--volume=" + folder.string() + ":/sys/class/hailo_chardev:ro"});
    }

    Host host;
    std::filesystem::path folder = host.node.folder.path() / "class";
};

using TheScan = ScanTest;

TEST_F(TheScan, SaysWhichChipItReachedByWhichNode) {
    fill("hailo0", "0000:01:00.0", "0");

    EXPECT_EQ(scan().output, "0000:01:00.0 /dev/hailo0 1:3\n");
}

TEST_F(TheScan, FailsWhereThereIsNoChip) {
    EXPECT_THAT(scan().errors, HasSubstr("Hailo devices not found"));
}

TEST_F(TheScan, FailsAtAnAttributeThatEndsInANewline) {
    fill("hailo0", "0000:01:00.0\n", "0");
    EXPECT_THAT(scan().errors, HasSubstr("board_location does not end where"));

    fill("hailo0", "0000:01:00.0", "0\n");
    EXPECT_THAT(scan().errors, HasSubstr("accelerator_type does not end where"));
}

TEST_F(TheScan, FailsAtAnAttributeThatIsMissing) {
    writeFile(folder / "hailo0/board_location", "0000:01:00.0");

    EXPECT_THAT(scan().errors, HasSubstr("Failed open /sys/class/hailo_chardev/hailo0/accel"));
}

TEST_F(TheScan, FailsAtANodeThatItCannotOpen) {
    fill("hailo0", "0000:01:00.0", "0");
    fill("hailo1", "0000:02:00.0", "0");

    EXPECT_THAT(scan().errors, HasSubstr("Failed to open device file /dev/hailo1"));
}

TEST_F(TheScan, FailsWhereAcceleratorsOfTwoTypesAre) {
    fill("hailo0", "0000:01:00.0", "0");
    fill("hailo1", "0000:02:00.0", "1");

    EXPECT_THAT(scan().errors, HasSubstr("different accelerator types"));
}

} // namespace
} // namespace hdp::testing
