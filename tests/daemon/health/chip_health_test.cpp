// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/chip_health.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace hdp {
namespace {

using namespace std::chrono_literals;
using hotplug::AerCounts;
using hotplug::Reason;
using hotplug::Recovery;
using hotplug::VitalSigns;

const std::optional<VitalSigns> good = VitalSigns{};
const std::optional<VitalSigns> dead = VitalSigns{.isConfigSpaceDead = true};
const std::optional<VitalSigns> silence;

const std::vector<Reason> none;
const std::vector<Reason> isDead{Reason::ConfigSpaceDead};
const std::vector<Reason> isSilent{Reason::NotResponding};

class AChipsHealth : public ::testing::Test {
  protected:
    void observe(const std::optional<VitalSigns>& signs, int times = 1) {
        for (int time = 0; time < times; ++time) {
            health.observe(signs, now);
        }
    }

    [[nodiscard]] std::vector<Reason> reasons() const {
        std::vector<Reason> reasons;
        for (const auto& problem : health.problems()) {
            reasons.push_back(problem.reason);
        }
        return reasons;
    }

    ChipHealth::Clock::time_point now{};
    ChipHealth health{{0, 1, 0, 0}};
};

TEST_F(AChipsHealth, IsWhatTheFirstAnswerSays) {
    observe(dead);
    EXPECT_EQ(reasons(), isDead);
    EXPECT_FALSE(health.isUnsure());
}

TEST_F(AChipsHealth, DoesNotFallForOneBadReading) {
    observe(good);
    observe(dead);
    EXPECT_EQ(reasons(), none);
    EXPECT_TRUE(health.isUnsure());
    observe(good);
    EXPECT_EQ(reasons(), none);
    EXPECT_FALSE(health.isUnsure());
}

TEST_F(AChipsHealth, FallsForTwoBadReadingsInARow) {
    observe(good);
    observe(dead, 2);
    EXPECT_EQ(reasons(), isDead);
    EXPECT_FALSE(health.isUnsure());
}

TEST_F(AChipsHealth, CountsOnlyReadingsInARow) {
    observe(good);
    for (int time = 0; time < 5; ++time) {
        observe(dead);
        observe(good);
    }
    EXPECT_EQ(reasons(), none);
}

TEST_F(AChipsHealth, RisesAfterThreeGoodReadingsInARow) {
    observe(dead);
    observe(good, 2);
    EXPECT_EQ(reasons(), isDead);
    EXPECT_TRUE(health.isUnsure());
    observe(good);
    EXPECT_EQ(reasons(), none);
}

TEST_F(AChipsHealth, FallsWhenAChipKeepsSilent) {
    observe(good);
    observe(silence);
    EXPECT_EQ(reasons(), none);
    observe(silence);
    EXPECT_EQ(reasons(), isSilent);
}

TEST_F(AChipsHealth, IsNotFixedByAFirstReadingWithoutAnAnswer) {
    observe(silence);
    EXPECT_EQ(reasons(), none);
    observe(good);
    EXPECT_EQ(reasons(), none);
    EXPECT_FALSE(health.isUnsure());
}

TEST_F(AChipsHealth, ChangesFromOneFaultToAnotherLikeAnyFall) {
    observe(dead);
    observe(silence);
    EXPECT_EQ(reasons(), isDead);
    observe(silence);
    EXPECT_EQ(reasons(), isSilent);
}

TEST_F(AChipsHealth, CountsErrorsThatGrewOnce) {
    observe(VitalSigns{.errors = AerCounts{}});
    observe(VitalSigns{.errors = AerCounts{.fatal = 1}}, 2);
    EXPECT_EQ(reasons(), std::vector{Reason::AerFatal});
    now += ErrorWatch::quietPeriod;
    observe(VitalSigns{.errors = AerCounts{.fatal = 1}}, 3);
    EXPECT_EQ(reasons(), none);
}

TEST_F(AChipsHealth, IsBadAtOnceWhenTheKernelGivesUp) {
    observe(good);
    EXPECT_TRUE(health.take({{}, Recovery::End::Failed, 1}));
    EXPECT_EQ(reasons(), std::vector{Reason::RecoveryFailed});
    observe(good, 10);
    EXPECT_EQ(reasons(), std::vector{Reason::RecoveryFailed});
    EXPECT_TRUE(health.take({{}, Recovery::End::BoundAnew, 2}));
    EXPECT_EQ(reasons(), none);
}

TEST_F(AChipsHealth, FollowsTheKernelsOrderOfRecoveriesNotThatOfTheirArrival) {
    health.take({{}, Recovery::End::Failed, 2});
    EXPECT_FALSE(health.take({{}, Recovery::End::BoundAnew, 1}));
    EXPECT_EQ(reasons(), std::vector{Reason::RecoveryFailed});
    health.take({{}, Recovery::End::BoundAnew, 4});
    EXPECT_FALSE(health.take({{}, Recovery::End::Failed, 3}));
    EXPECT_EQ(reasons(), none);
}

TEST_F(AChipsHealth, IsToBeSeenAnewWhenItsDriverLetGo) {
    health.take({{}, Recovery::End::Failed, 1});
    health.letGo();
    EXPECT_EQ(reasons(), none);
}

TEST_F(AChipsHealth, RemembersTheNewestAnswer) {
    observe(VitalSigns{.powerState = "D0"});
    observe(silence);
    EXPECT_EQ(health.signs()->powerState, "D0");
}

} // namespace
} // namespace hdp
