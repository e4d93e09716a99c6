// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/look_budget.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;

class LookBudgetTest : public ::testing::Test {
  protected:
    void spendAllFreeOnes() {
        for (int look = 0; look < 3; ++look) {
            EXPECT_EQ(budget.spend(start), start);
        }
    }

    LookBudget budget{3, 20ms};
    LookBudget::Clock::time_point start{1h};
};

using ALookBudget = LookBudgetTest;

TEST_F(ALookBudget, LetsTheFreeLooksHappenAtOnce) {
    spendAllFreeOnes();
}

TEST_F(ALookBudget, PutsTheNextOneOffByAnInterval) {
    spendAllFreeOnes();

    EXPECT_EQ(budget.spend(start), start + 20ms);
}

TEST_F(ALookBudget, NeverLetsTwoLooksOfAStormBeCloserThanAnInterval) {
    spendAllFreeOnes();
    auto last = start;
    for (int look = 0; look < 50; ++look) {
        const auto next = budget.spend(last);
        EXPECT_GE(next - last, 20ms);
        last = next;
    }
}

TEST_F(ALookBudget, EarnsOneLookInEachInterval) {
    spendAllFreeOnes();

    EXPECT_EQ(budget.spend(start + 20ms), start + 20ms);
    EXPECT_GT(budget.spend(start + 20ms), start + 20ms);
}

TEST_F(ALookBudget, IsFullAgainAfterARest) {
    spendAllFreeOnes();
    start += 60ms;

    spendAllFreeOnes();
}

TEST_F(ALookBudget, EarnsNoMoreThanTheFreeOnesInALongRest) {
    spendAllFreeOnes();
    start += 24h;
    spendAllFreeOnes();

    EXPECT_EQ(budget.spend(start), start + 20ms);
}

} // namespace
} // namespace hdp::testing
