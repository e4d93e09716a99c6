// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/diagnosis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp {
namespace {

using hotplug::PcieLink;
using hotplug::Problem;
using hotplug::Reason;
using hotplug::VitalSigns;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr hotplug::PciAddress address{0, 1, 0, 0};
constexpr PcieLink fullLink{.width = 4, .speed = 8000, .bestWidth = 4, .bestSpeed = 8000};

auto problem(Reason reason, const char* words) {
    return AllOf(Field(&Problem::reason, reason),
                 Field(&Problem::sentence, AllOf(HasSubstr("0000:01:00.0"), HasSubstr(words))));
}

VitalSigns signsWith(PcieLink link, const char* powerState) {
    return {.link = link, .powerState = powerState};
}

TEST(ADiagnosis, FindsNothingWhereNothingIsKnown) {
    EXPECT_THAT(diagnose(address, {}), IsEmpty());
}

TEST(ADiagnosis, FindsAnIdleChipWell) {
    EXPECT_THAT(diagnose(address, signsWith(fullLink, "D3hot")), IsEmpty());
}

TEST(ADiagnosis, SaysOfADeadChipThatItIsDeadAndNothingElse) {
    auto signs = signsWith({.width = 63, .speed = 0, .bestWidth = 4, .bestSpeed = 8000}, "error");
    signs.isConfigSpaceDead = true;
    EXPECT_THAT(diagnose(address, signs),
                ElementsAre(problem(Reason::ConfigSpaceDead, "power-cycle")));
}

TEST(ADiagnosis, SaysThatTheLinkIsDown) {
    for (const PcieLink link :
         {PcieLink{.width = 0, .speed = 8000}, PcieLink{.width = 4, .speed = 0, .bestWidth = 4}}) {
        EXPECT_THAT(diagnose(address, signsWith(link, "D3hot")),
                    ElementsAre(problem(Reason::LinkDown, "down")));
    }
}

TEST(ADiagnosis, SaysThatTheLinkHasFewerLanesThanItCould) {
    auto link = fullLink;
    link.width = 1;
    EXPECT_THAT(diagnose(address, signsWith(link, "D3hot")),
                ElementsAre(problem(Reason::LinkDegraded, "1 of 4 lanes")));
}

TEST(ADiagnosis, FindsASlotWithOneLaneWell) {
    EXPECT_THAT(
        diagnose(address,
                 signsWith({.width = 1, .speed = 8000, .bestWidth = 1, .bestSpeed = 8000}, "D0")),
        IsEmpty());
}

TEST(ADiagnosis, JudgesSpeedOnlyOfAChipThatIsAwake) {
    auto link = fullLink;
    link.speed = 2500;
    EXPECT_THAT(diagnose(address, signsWith(link, "D3hot")), IsEmpty());
    EXPECT_THAT(diagnose(address, signsWith(link, "D0")),
                ElementsAre(problem(Reason::LinkDegraded, "2.5 GT/s of 8 GT/s")));
}

TEST(ADiagnosis, NamesAPowerStateThatNoDriverAskedFor) {
    EXPECT_THAT(diagnose(address, signsWith(fullLink, "D3cold")),
                ElementsAre(problem(Reason::PowerState, "D3cold")));
}

} // namespace
} // namespace hdp
