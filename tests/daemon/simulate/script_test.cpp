// SPDX-License-Identifier: Apache-2.0
#include "daemon/simulate/script.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;
using State = SimulatedState;

TEST(AScript, LeavesADeviceHealthyUntilItsFirstStep) {
    const Script script{{5s, 1, State::Unhealthy}};

    EXPECT_EQ(stateIn(script, 1, 4999ms), State::Healthy);
    EXPECT_EQ(stateIn(script, 1, 5s), State::Unhealthy);
    EXPECT_EQ(stateIn(script, 0, 1h), State::Healthy);
}

TEST(AScript, FollowsTheLatestStepWhateverTheOrderOfTheList) {
    const Script script{{9s, 0, State::Healthy}, {3s, 0, State::Gone}, {6s, 0, State::Unhealthy}};

    EXPECT_EQ(stateIn(script, 0, 3s), State::Gone);
    EXPECT_EQ(stateIn(script, 0, 6s), State::Unhealthy);
    EXPECT_EQ(stateIn(script, 0, 9s), State::Healthy);
}

TEST(AScript, TakesTheLastOfSeveralStepsAtOneMoment) {
    const Script script{{3s, 0, State::Gone}, {3s, 0, State::Unhealthy}};

    EXPECT_EQ(stateIn(script, 0, 3s), State::Unhealthy);
}

TEST(AScript, KnowsWhenSomethingChangesNext) {
    const Script script{{9s, 0, State::Healthy}, {3s, 1, State::Gone}};

    EXPECT_EQ(nextChange(script, 0s), 3s);
    EXPECT_EQ(nextChange(script, 3s), 9s);
    EXPECT_FALSE(nextChange(script, 9s));
    EXPECT_FALSE(nextChange({}, 0s));
}

TEST(AStep, IsReadFromOneText) {
    EXPECT_EQ(parseScriptStep("5:1:gone"), (ScriptStep{5s, 1, State::Gone}));
    EXPECT_EQ(parseScriptStep("0:0:healthy"), (ScriptStep{0s, 0, State::Healthy}));
}

class ABadStep : public ::testing::TestWithParam<const char*> {};

TEST_P(ABadStep, IsRefused) {
    EXPECT_THROW(parseScriptStep(GetParam()), std::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(OfEachKind,
                         ABadStep,
                         ::testing::Values("",
                                           "5",
                                           "5:1",
                                           "5:1:",
                                           "5:1:sick",
                                           ":1:gone",
                                           "5::gone",
                                           "-5:1:gone",
                                           "5:1:gone:",
                                           "5s:1:gone",
                                           "99999999999:1:gone"));

} // namespace
} // namespace hdp::testing
