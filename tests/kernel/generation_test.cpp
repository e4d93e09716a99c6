// SPDX-License-Identifier: Apache-2.0
#include "tests/kernel/kernel_test.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>
#include <string_view>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;

/// A driver version and what it was seen to do, apart from the daemon's own table.
struct Generation {
    std::string version;
    std::uint16_t chip;
    std::string pciDriver;
    std::string classDevice; ///< below /sys/class
    bool hasParent;
};

constexpr auto chardev = "hailo_chardev/hailo0";

const std::array generations{
    Generation{"4.17.0", Slot::hailo8, "hailo", chardev, false},
    Generation{"4.22.0", Slot::hailo8, "hailo", chardev, false},
    Generation{"4.23.0", Slot::hailo8, "hailo", chardev, true},
    Generation{"5.1.0", Slot::hailo10h, "hailo1x", chardev, true},
    Generation{"5.3.0", Slot::hailo10h, "hailo1x", "hailo1x/h1x-0", true},
};

class GenerationTest : public KernelTest, public ::testing::WithParamInterface<Generation> {
  protected:
    GenerationTest() { driver.reset(); }
};

using ADriver = GenerationTest;

TEST_P(ADriver, HasItsChipFollowedFromPlugToPullOut) {
    const auto& generation = GetParam();
    const fs::path classDevice = "/sys/class/" + generation.classDevice;
    driver.emplace(generation.version);
    start();

    first.plug(generation.chip);

    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    EXPECT_EQ(node.cdiNodeOf(first.id()), "/dev/" + classDevice.filename().string());
    EXPECT_TRUE(
        node.daemon().says("driver " + generation.pciDriver + " " + generation.version + ","));
    EXPECT_EQ(fs::exists(classDevice / "device"), generation.hasParent);

    first.pullOut();

    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "removed"));
    EXPECT_FALSE(node.cdiSpec());
}

std::string nameOf(const ::testing::TestParamInfo<Generation>& info) {
    auto name = "Version" + info.param.version;
    std::ranges::replace(name, '.', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Of, ADriver, ::testing::ValuesIn(generations), nameOf);

// Up to 4.18 a chip without firmware gets a node nevertheless, and nothing in sysfs tells.
TEST_F(KernelTest, AnOldDriverOffersAChipWhoseFirmwareIsMissing) {
    driver.reset();
    driver.emplace("4.17.0");
    start();
    first.setFirmwareLoads(false);

    first.plug();

    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
}

} // namespace
} // namespace hdp::testing
