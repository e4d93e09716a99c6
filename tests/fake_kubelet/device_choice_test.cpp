// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/device_choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace hdp::testing {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class DeviceChoiceTest : public ::testing::Test {
  protected:
    DeviceChoice choose(const Admission& candidates, std::size_t count) {
        return {candidates, count, random_};
    }

    static v1beta1::PreferredAllocationResponse answer(const std::vector<std::string>& ids) {
        v1beta1::PreferredAllocationResponse response;
        auto& container = *response.add_container_responses();
        for (const auto& id : ids) {
            container.add_deviceids(id);
        }
        return response;
    }

    const Admission plain_{.available = {"a", "b", "c", "d"}};
    const Admission split_{
        .available = {"a", "b", "c", "d"}, .aligned = {"a", "b"}, .unaligned = {"c"}};
    std::mt19937 random_{1}; // NOLINT(cert-msc51-cpp): the same in each run
};

using ADeviceChoice = DeviceChoiceTest;

TEST_F(ADeviceChoice, AsksAboutAllFreeDevicesWithoutTopology) {
    const auto request = choose(plain_, 2).question().value().container_requests(0);
    EXPECT_THAT(request.available_deviceids(), UnorderedElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(request.must_include_deviceids(), IsEmpty());
    EXPECT_EQ(request.allocation_size(), 2);
}

TEST_F(ADeviceChoice, AsksEvenWhenThereIsOneWayOnly) {
    EXPECT_TRUE(choose({.available = {"a"}}, 1).question().has_value());
}

TEST_F(ADeviceChoice, FollowsTheAnswer) {
    auto choice = choose(plain_, 2);
    choice.prefer(answer({"b", "d"}));
    EXPECT_THAT(choice.finish(), UnorderedElementsAre("b", "d"));
}

TEST_F(ADeviceChoice, FillsUpAShortAnswer) {
    auto choice = choose(plain_, 2);
    choice.prefer(answer({"d"}));
    const auto ids = choice.finish();
    EXPECT_THAT(ids, SizeIs(2));
    EXPECT_THAT(ids, ::testing::Contains("d"));
}

TEST_F(ADeviceChoice, IgnoresAnswersThatAreNoCandidates) {
    auto choice = choose({.available = {"a"}}, 1);
    choice.prefer(answer({"z"}));
    EXPECT_THAT(choice.finish(), UnorderedElementsAre("a"));
}

TEST_F(ADeviceChoice, ManagesWithoutAnAnswer) {
    auto choice = choose(plain_, 3);
    choice.prefer({});
    EXPECT_THAT(choice.finish(), SizeIs(3));
}

TEST_F(ADeviceChoice, AsksAboutAlignedDevicesOnlyWhenTheySuffice) {
    auto choice = choose(split_, 1);
    EXPECT_THAT(choice.question().value().container_requests(0).available_deviceids(),
                UnorderedElementsAre("a", "b"));
    choice.prefer(answer({"c"}));
    EXPECT_THAT(choice.finish(), ::testing::IsSubsetOf({"a", "b"}));
}

TEST_F(ADeviceChoice, DoesNotAskWhenTheAlignedDevicesAreExactlyEnough) {
    auto choice = choose(split_, 2);
    EXPECT_FALSE(choice.question().has_value());
    EXPECT_THAT(choice.finish(), UnorderedElementsAre("a", "b"));
}

TEST_F(ADeviceChoice, InsistsOnTheAlignedDevicesWhenTheyAreTooFew) {
    auto choice = choose(split_, 3);
    const auto request = choice.question().value().container_requests(0);
    EXPECT_THAT(request.available_deviceids(), UnorderedElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(request.must_include_deviceids(), UnorderedElementsAre("a", "b"));
    EXPECT_EQ(request.allocation_size(), 3);
    choice.prefer(answer({"d"}));
    EXPECT_THAT(choice.finish(), UnorderedElementsAre("a", "b", "d"));
}

TEST_F(ADeviceChoice, PrefersOtherNumaNodesToNoneWithoutAnAnswer) {
    EXPECT_THAT(choose(split_, 3).finish(), UnorderedElementsAre("a", "b", "c"));
}

TEST_F(ADeviceChoice, ComesInEveryOrder) {
    std::set<std::vector<std::string>> orders;
    for (int i = 0; i < 1000; ++i) {
        orders.insert(choose({.available = {"a", "b", "c"}}, 3).finish());
    }
    EXPECT_THAT(orders, SizeIs(6));
}

} // namespace hdp::testing
