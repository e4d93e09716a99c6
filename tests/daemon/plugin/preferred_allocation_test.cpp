// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/plugin/preferred_allocation_test.hpp"

#include "daemon/handover/allocation_error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include <fmt/format.h>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class AnyPolicyTest : public PreferredAllocationTest, public ::testing::WithParamInterface<Policy> {
  protected:
    void SetUp() override { policy = GetParam(); }
};

using AnyPolicy = AnyPolicyTest;

INSTANTIATE_TEST_SUITE_P(Each, AnyPolicy, ::testing::Values(Policy::Packed, Policy::Spread));

TEST_P(AnyPolicy, AnswersWhatMustBeIncludedFirst) {
    const auto chosen = prefer(3, {idOf("06"), idOf("02")});

    ASSERT_THAT(chosen, SizeIs(3));
    EXPECT_EQ(chosen[0], idOf("06"));
    EXPECT_EQ(chosen[1], idOf("02"));
}

TEST_P(AnyPolicy, AnswersExactlyWhatMustBeIncludedWhenThatIsAll) {
    EXPECT_THAT(prefer(1, {idOf("04")}), ElementsAre(idOf("04")));
}

TEST_P(AnyPolicy, IncludesWhatMustBeTwiceOnce) {
    const auto chosen = prefer(2, {idOf("06"), idOf("06")});

    ASSERT_THAT(chosen, SizeIs(2));
    EXPECT_EQ(chosen[0], idOf("06"));
    EXPECT_NE(chosen[1], idOf("06"));
}

TEST_P(AnyPolicy, IncludesWhatMustBeEvenIfItIsNotAvailableOrNotKnown) {
    container({idOf("01")}, {"a-stranger"}, 2);

    EXPECT_THAT(answerTo(0), ElementsAre("a-stranger", idOf("01")));
}

TEST_P(AnyPolicy, TakesUnknownIdsLast) {
    container({"a-stranger", idOf("06"), "another", idOf("01")}, {}, 3);
    const auto chosen = answerTo(0);

    ASSERT_THAT(chosen, SizeIs(3));
    EXPECT_THAT(Ids(chosen.begin(), chosen.begin() + 2),
                UnorderedElementsAre(idOf("01"), idOf("06")));
    EXPECT_EQ(chosen[2], "a-stranger");
}

TEST_P(AnyPolicy, TakesUnhealthyChipsLast) {
    inventory = inventoryOf({unboundChip(idOf("01")), chip(idOf("02"), 1), chip(idOf("03"), 2)});

    EXPECT_THAT(prefer(2), UnorderedElementsAre(idOf("02"), idOf("03")));
    EXPECT_THAT(prefer(3), SizeIs(3));
}

TEST_P(AnyPolicy, AnswersFewerWhenThereAreNoMore) {
    EXPECT_THAT(prefer(100), SizeIs(6));
    container({}, {}, 3);
    EXPECT_THAT(answerTo(1), IsEmpty());
}

TEST_P(AnyPolicy, AnswersNothingWhenNothingIsWanted) {
    EXPECT_THAT(prefer(0), IsEmpty());
}

TEST_P(AnyPolicy, CountsAnIdThatIsAvailableTwiceOnce) {
    container({idOf("01"), idOf("01"), idOf("02")}, {idOf("02")}, 3);

    EXPECT_THAT(answerTo(0), UnorderedElementsAre(idOf("01"), idOf("02")));
}

TEST_P(AnyPolicy, AnswersEachContainerByItself) {
    container(idsOf(inventory), {idOf("01")}, 1);
    container(idsOf(inventory), {idOf("06")}, 1);

    EXPECT_THAT(answerTo(0), ElementsAre(idOf("01")));
    EXPECT_THAT(answerTo(1), ElementsAre(idOf("06")));
}

TEST_P(AnyPolicy, RefusesANegativeSize) {
    EXPECT_THROW((void)prefer(-1), AllocationError);
}

TEST_P(AnyPolicy, RefusesMoreThatMustBeIncludedThanTheSize) {
    EXPECT_THROW((void)prefer(1, {idOf("01"), idOf("02")}), AllocationError);
}

TEST_P(AnyPolicy, AnswersTheSameInWhateverOrderChipsAreAvailable) {
    const auto expected = prefer(3, {idOf("02")});
    auto available = idsOf(inventory);
    std::mt19937 random{42}; // NOLINT(cert-msc51-cpp): the same orders in each run
    for (int round = 0; round < 50; ++round) {
        std::ranges::shuffle(available, random);
        request.Clear();
        container(available, {idOf("02")}, 3);
        EXPECT_EQ(answerTo(0), expected);
    }
}

TEST_P(AnyPolicy, AnswersASubsetOfTheRightSizeForAnyTopology) {
    std::mt19937 random{7}; // NOLINT(cert-msc51-cpp): the same topologies in each run
    for (int round = 0; round < 200; ++round) {
        std::vector<hotplug::Device> devices;
        for (unsigned bus = 1; bus <= 12; ++bus) {
            devices.push_back(placed(fmt::format("{:02x}", bus), static_cast<int>(random() % 3),
                                     static_cast<unsigned>(random() % 3)));
        }
        inventory = inventoryOf(devices);
        const auto size = static_cast<int>(random() % 13);
        const auto chosen = prefer(size);

        EXPECT_THAT(chosen, SizeIs(static_cast<std::size_t>(size)));
        EXPECT_EQ(std::set(chosen.begin(), chosen.end()).size(), chosen.size());
    }
}

TEST_P(AnyPolicy, CopesWithAThousandChips) {
    std::vector<hotplug::Device> devices;
    for (unsigned index = 0; index < 1024; ++index) {
        auto device = placed("01", static_cast<int>(index / 512), index / 8 % 32);
        device.address.domain = index;
        devices.push_back(device);
    }
    inventory = inventoryOf(devices);
    const auto chosen = prefer(1000);

    EXPECT_EQ(std::set(chosen.begin(), chosen.end()).size(), 1000U);
}

TEST(AnAllocationPolicy, HasANameThatReadsBack) {
    for (const auto policy : {Policy::Packed, Policy::Spread}) {
        EXPECT_EQ(parseAllocationPolicy(nameOf(policy)), policy);
    }
    EXPECT_EQ(parseAllocationPolicy("random"), std::nullopt);
}

} // namespace
} // namespace hdp::testing
