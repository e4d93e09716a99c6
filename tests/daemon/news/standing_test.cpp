// SPDX-License-Identifier: Apache-2.0
#include "daemon/news/standing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> toldBy(Standing& standing, std::set<std::string> sentences) {
    std::vector<std::string> told;
    standing.hold(std::move(sentences),
                  [&told](const auto& sentence) { told.push_back(sentence); });
    return told;
}

TEST(AStandingSentence, IsToldWhenItBeginsToHold) {
    Standing standing;
    EXPECT_THAT(toldBy(standing, {"a", "b"}), ElementsAre("a", "b"));
    EXPECT_THAT(toldBy(standing, {"a", "b"}), IsEmpty());
    EXPECT_THAT(toldBy(standing, {"b", "c"}), ElementsAre("c"));
}

TEST(AStandingSentence, IsToldAgainAfterItDidNotHold) {
    Standing standing;
    toldBy(standing, {"a"});
    toldBy(standing, {});
    EXPECT_THAT(toldBy(standing, {"a"}), ElementsAre("a"));
}

} // namespace
} // namespace hdp::testing
