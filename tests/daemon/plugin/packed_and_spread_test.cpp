// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/plugin/preferred_allocation_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class PackedTest : public PreferredAllocationTest {};

using Packed = PackedTest;

TEST_F(Packed, TakesChipsBehindOneSwitch) {
    inventory = inventoryOf(
        {placed("01", 0, 1), placed("02", 0, 2), placed("03", 0, 1), placed("04", 0, 3)});

    EXPECT_THAT(prefer(2), UnorderedElementsAre(idOf("01"), idOf("03")));
}

TEST_F(Packed, TakesChipsOfOneNumaNode) {
    inventory = inventoryOf(
        {placed("01", 0, 1), placed("02", 1, 1), placed("03", 2, 1), placed("04", 1, 2)});

    EXPECT_THAT(prefer(2), UnorderedElementsAre(idOf("02"), idOf("04")));
}

TEST_F(Packed, PrefersANumaNodeToASwitch) {
    // Three are on the first node, behind two switches.
    EXPECT_THAT(prefer(3), ::testing::IsSubsetOf({idOf("01"), idOf("02"), idOf("03"), idOf("04")}));
}

TEST_F(Packed, LeavesTheBigGroupWholeWhenASmallOneIsEnough) {
    EXPECT_THAT(prefer(2), UnorderedElementsAre(idOf("05"), idOf("06")));
    EXPECT_THAT(prefer(1), ElementsAre(idOf("05")));
}

TEST_F(Packed, EmptiesTheBiggestNodeFirstWhenNoneIsEnough) {
    const auto chosen = prefer(5);

    EXPECT_THAT(Ids(chosen.begin(), chosen.begin() + 4),
                UnorderedElementsAre(idOf("01"), idOf("02"), idOf("03"), idOf("04")));
    EXPECT_THAT(chosen, SizeIs(5));
}

TEST_F(Packed, StaysNearWhatMustBeIncluded) {
    EXPECT_THAT(prefer(2, {idOf("02")}), ElementsAre(idOf("02"), idOf("04")));
    EXPECT_THAT(prefer(2, {idOf("03")}), ElementsAre(idOf("03"), idOf("01")));
}

TEST_F(Packed, TreatsChipsOfUnknownNumaNodeAsOneGroup) {
    inventory = inventoryOf({placed("01", 0, 1), chip(idOf("02"), 1), chip(idOf("03"), 2)});

    EXPECT_THAT(prefer(2), UnorderedElementsAre(idOf("02"), idOf("03")));
}

class SpreadTest : public PreferredAllocationTest {
  protected:
    void SetUp() override { policy = Policy::Spread; }
};

using Spread = SpreadTest;

TEST_F(Spread, TakesChipsOfDifferentNumaNodes) {
    EXPECT_THAT(prefer(2), UnorderedElementsAre(idOf("01"), idOf("05")));
}

TEST_F(Spread, TakesChipsBehindDifferentSwitchesOfANode) {
    inventory = inventoryOf({placed("01", 0, 1), placed("02", 0, 1), placed("03", 0, 2)});

    EXPECT_THAT(prefer(2), UnorderedElementsAre(idOf("01"), idOf("03")));
}

TEST_F(Spread, UsesEverySwitchBeforeItUsesOneTwice) {
    inventory = inventoryOf({placed("01", 0, 1), placed("02", 0, 1), placed("03", 0, 2),
                             placed("04", 0, 2), placed("05", 1, 1), placed("06", 1, 1),
                             placed("07", 1, 2), placed("08", 1, 2)});

    EXPECT_THAT(prefer(4), UnorderedElementsAre(idOf("01"), idOf("03"), idOf("05"), idOf("07")));
}

TEST_F(Spread, GoesAwayFromWhatMustBeIncluded) {
    EXPECT_THAT(prefer(2, {idOf("01")}), ElementsAre(idOf("01"), idOf("05")));
}

} // namespace
} // namespace hdp::testing
