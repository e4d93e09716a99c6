// SPDX-License-Identifier: Apache-2.0
#include "hotplug/vital_signs_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::hotplug {
namespace {

const VitalSignsLine full{
    {0, 1, 0, 0},
    {.isConfigSpaceDead = false,
     .link = PcieLink{.width = 2, .speed = 2500, .bestWidth = 4, .bestSpeed = 8000},
     .errors = AerCounts{.correctable = 7, .nonFatal = 2, .fatal = 1},
     .powerState = "D3hot"}};
const VitalSignsLine scant{{0x10000, 2, 0, 0}, {.isConfigSpaceDead = true}};

TEST(ALineOfVitalSigns, SaysWhatIsKnown) {
    EXPECT_EQ(toString(full),
              "0000:01:00.0 config=alive link=2/4x2500/8000 errors=7/2/1 power=D3hot");
    EXPECT_EQ(toString(scant), "10000:02:00.0 config=dead");
}

TEST(ALineOfVitalSigns, IsReadAsItWasWritten) {
    EXPECT_EQ(parseVitalSignsLine(toString(full)), full);
    EXPECT_EQ(parseVitalSignsLine(toString(scant)), scant);
}

TEST(ALineOfVitalSigns, IsNothingWhenItCannotHaveBeenWrittenSo) {
    for (const std::string text :
         {"", "0000:01:00.0", "0000:01:00.0 gone", "0000:01:00.0 link=2/4x2500/8000",
          "hailo0 config=alive", "0000:01:00.0 config=", "0000:01:00.0 config=alive link=2/4",
          "0000:01:00.0 config=alive link=2/4x2500/fast", "0000:01:00.0 config=alive errors=7/2",
          "0000:01:00.0 config=alive errors=-1/2/3", "0000:01:00.0 config=alive mood=good",
          "0000:01:00.0 config=alive power="}) {
        EXPECT_EQ(parseVitalSignsLine(text), std::nullopt) << text;
    }
}

} // namespace
} // namespace hdp::hotplug
