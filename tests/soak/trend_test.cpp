// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/dice.hpp"
#include "tests/soak/footprint.hpp"

#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

constexpr std::size_t samples = 500;

/// Starts at 5 MiB, grows by so much with each sample, and breathes by up to so much.
Trend trendOf(double growth, std::size_t breath) {
    Dice dice{1};
    Trend trend;
    for (std::size_t index = 0; index < samples; ++index) {
        const auto grown = static_cast<std::uint64_t>(growth * static_cast<double>(index));
        trend.add({.rssAnon = 5120 + grown + dice.below(breath + 1)});
    }
    return trend;
}

TEST(ATrend, HasTheSlopeOfALine) {
    EXPECT_DOUBLE_EQ(trendOf(0, 0).slope(), 0);
    EXPECT_NEAR(trendOf(20, 0).slope(), 20, 0.01);
    EXPECT_NEAR(trendOf(20, 100).slope(), 20, 1);
}

TEST(ATrend, OfMemoryThatBreathesIsNoGrowth) {
    EXPECT_EQ(trendOf(0, 4000).growth(), std::nullopt);
}

TEST(ATrend, OfMemoryThatKeepsGrowingIsGrowth) {
    EXPECT_TRUE(trendOf(40, 2000).growth());
}

TEST(ATrend, OfFewSamplesIsNotJudged) {
    Trend trend;
    trend.add({.rssAnon = 1});
    trend.add({.rssAnon = 1000});
    EXPECT_EQ(trend.growth(), std::nullopt);
}

} // namespace
} // namespace hdp::testing
