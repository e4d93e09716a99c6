// SPDX-License-Identifier: Apache-2.0
#include "hotplug/vital_signs.hpp"
#include "tests/support/mock_host.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::hotplug {
namespace {

using testing::MockChip;

class AChip : public ::testing::Test {
  protected:
    AChip() { host.add(std::vector{chip}); }

    void write(const std::string& attribute, std::string_view content) const {
        host.write(chip.pciPath() + "/" + attribute, content);
    }

    void writeCounts(const std::string& kind, const std::string& sum, const std::string& count) {
        write("aer_dev_" + kind, "Undefined 0\nDLP 0\n" + sum + " " + count + "\n");
    }

    [[nodiscard]] VitalSigns signs() const {
        return readVitalSigns(host.inRoot("/sys"), chip.address).value();
    }

    MockChip chip;
    testing::MockHost host;
};

TEST_F(AChip, AnswersFromItsConfigSpace) {
    EXPECT_FALSE(signs().isConfigSpaceDead);
    write("config", "\xff\xff\xff\xff");
    EXPECT_TRUE(signs().isConfigSpaceDead);
}

TEST_F(AChip, IsNotDeadOnlyBecauseItsConfigSpaceCannotBeRead) {
    host.remove(chip.pciPath() + "/config");
    EXPECT_FALSE(signs().isConfigSpaceDead);
}

TEST_F(AChip, TellsItsLinkBesideTheBestThatBothEndsCanDo) {
    write("current_link_width", "2\n");
    write("current_link_speed", "2.5 GT/s PCIe\n");
    write("max_link_width", "4\n");
    write("max_link_speed", "16.0 GT/s PCIe\n");
    write("../max_link_width", "16\n");
    write("../max_link_speed", "8.0 GT/s PCIe\n");

    const PcieLink expected{.width = 2, .speed = 2500, .bestWidth = 4, .bestSpeed = 8000};
    EXPECT_EQ(signs().link, expected);
}

TEST_F(AChip, HasTheBestOfItsOwnWhereTheOtherEndIsNotKnown) {
    EXPECT_EQ(signs().link->bestWidth, 4U);
    EXPECT_EQ(signs().link->bestSpeed, 8000U);
}

TEST_F(AChip, HasALinkThatIsDownWhereTheKernelKnowsNoSpeed) {
    write("current_link_speed", "Unknown\n");
    EXPECT_TRUE(signs().link->isDown());
}

TEST_F(AChip, HasALinkThatIsDownWhereItsSpeedIsNone) {
    for (const auto* speed : {"nan", "inf", "-8.0 GT/s PCIe", "1e300 GT/s"}) {
        write("current_link_speed", speed);
        EXPECT_EQ(signs().link->speed, 0U) << speed;
    }
}

TEST_F(AChip, HasAPowerStateOfOneWord) {
    write("power_state", "D0 errors=1/1/1");
    EXPECT_EQ(signs().powerState, "D0");
}

TEST_F(AChip, HasNoLinkToTellOfWhereTheKernelCannotReadIt) {
    write("current_link_width", "");
    EXPECT_EQ(signs().link, std::nullopt);
}

TEST_F(AChip, TellsTheSumsOfItsErrors) {
    writeCounts("correctable", "TOTAL_ERR_COR", "7");
    writeCounts("nonfatal", "TOTAL_ERR_NONFATAL", "2");
    writeCounts("fatal", "TOTAL_ERR_FATAL", "1");

    EXPECT_EQ(signs().errors, (AerCounts{.correctable = 7, .nonFatal = 2, .fatal = 1}));
}

TEST_F(AChip, HasNoErrorsToTellOfWhereTheKernelDoesNotCount) {
    EXPECT_EQ(signs().errors, std::nullopt);
}

TEST_F(AChip, TellsItsPowerState) {
    EXPECT_EQ(signs().powerState, "D3hot");
}

TEST_F(AChip, ThatIsNotOnTheBusTellsNothing) {
    EXPECT_EQ(readVitalSigns(host.inRoot("/sys"), PciAddress{0, 9, 0, 0}), std::nullopt);
}

} // namespace
} // namespace hdp::hotplug
