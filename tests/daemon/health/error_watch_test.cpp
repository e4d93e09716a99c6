// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/error_watch.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace hdp {
namespace {

using namespace std::chrono_literals;
using hotplug::AerCounts;
using hotplug::Reason;

constexpr hotplug::PciAddress address{0, 1, 0, 0};

class AnErrorWatch : public ::testing::Test {
  protected:
    [[nodiscard]] std::vector<Reason> reasonsAfter(std::chrono::seconds time) const {
        std::vector<Reason> reasons;
        for (const auto& problem : watch.problems(address, start + time)) {
            reasons.push_back(problem.reason);
        }
        return reasons;
    }

    ErrorWatch::Clock::time_point start{};
    ErrorWatch watch;
};

TEST_F(AnErrorWatch, HoldsNothingAgainstAChipThatHappenedBeforeItWatched) {
    watch.observe({.correctable = 9, .nonFatal = 9, .fatal = 9}, start);
    EXPECT_EQ(reasonsAfter(0s), std::vector<Reason>{});
}

TEST_F(AnErrorWatch, MindsCountsThatGrow) {
    watch.observe({}, start);
    watch.observe({.nonFatal = 1}, start);
    EXPECT_EQ(reasonsAfter(0s), std::vector{Reason::AerNonFatal});
    watch.observe({.nonFatal = 1, .fatal = 1}, start);
    EXPECT_EQ(reasonsAfter(0s), (std::vector{Reason::AerFatal, Reason::AerNonFatal}));
}

TEST_F(AnErrorWatch, DoesNotMindWhatTheLinkCorrectedItself) {
    watch.observe({}, start);
    watch.observe({.correctable = 1000}, start);
    EXPECT_EQ(reasonsAfter(0s), std::vector<Reason>{});
}

TEST_F(AnErrorWatch, ForgivesAfterAQuietTime) {
    watch.observe({}, start);
    watch.observe({.fatal = 1}, start);
    watch.observe({.fatal = 1}, start + 4min);
    EXPECT_EQ(reasonsAfter(5min - 1s), std::vector{Reason::AerFatal});
    EXPECT_EQ(reasonsAfter(5min), std::vector<Reason>{});
}

TEST_F(AnErrorWatch, BeginsTheQuietTimeAnewWithEachError) {
    watch.observe({}, start);
    watch.observe({.fatal = 1}, start);
    watch.observe({.fatal = 2}, start + 4min);
    EXPECT_EQ(reasonsAfter(8min), std::vector{Reason::AerFatal});
}

TEST_F(AnErrorWatch, TakesCountsThatFellForANewBeginning) {
    watch.observe({.fatal = 5}, start);
    watch.observe({.fatal = 2}, start);
    EXPECT_EQ(reasonsAfter(0s), std::vector<Reason>{});
}

} // namespace
} // namespace hdp
