// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/device_registry.hpp"
#include "tests/daemon/builders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";
constexpr auto thirdId = "0000:03:00.0";

std::vector<std::string> idsOf(const std::vector<DeviceStatus>& devices) {
    std::vector<std::string> ids;
    std::ranges::transform(devices, std::back_inserter(ids), &DeviceStatus::id);
    return ids;
}

TEST(Merging, KnowsWhatWasFound) {
    const auto merged = merge({}, {chip(firstId), unboundChip(secondId)});

    EXPECT_THAT(merged, ElementsAre(statusOf(chip(firstId)), statusOf(unboundChip(secondId))));
}

TEST(Merging, OfNothingWithNothingIsNothing) {
    EXPECT_THAT(merge({}, {}), IsEmpty());
}

TEST(Merging, TurnsAVanishedChipIntoATombstone) {
    const auto known = merge({}, {chip(firstId), chip(secondId, 1)});
    const auto merged = merge(known, {chip(secondId, 1)});

    EXPECT_THAT(merged, ElementsAre(tombstoneOf(known[0]), known[1]));
}

TEST(Merging, KeepsATombstoneAsItIs) {
    const auto tombstones = merge(merge({}, {chip(firstId)}), {});

    EXPECT_EQ(merge(tombstones, {}), tombstones);
}

TEST(Merging, BringsAChipBackToLife) {
    const auto tombstones = merge(merge({}, {chip(firstId)}), {});

    EXPECT_THAT(merge(tombstones, {chip(firstId)}), ElementsAre(statusOf(chip(firstId))));
}

TEST(Merging, BringsAChipBackUnderAnotherIndex) {
    const auto tombstones = merge(merge({}, {chip(firstId, 0), chip(secondId, 1)}), {});
    const auto merged = merge(tombstones, {chip(firstId, 1), chip(secondId, 0)});

    EXPECT_THAT(merged, ElementsAre(statusOf(chip(firstId, 1)), statusOf(chip(secondId, 0))));
}

TEST(Merging, TakesAnotherChipAtTheSameAddressForWhatItIs) {
    const auto tombstones = merge(merge({}, {chip(firstId)}), {});

    EXPECT_THAT(merge(tombstones, {youngChip(firstId)}), ElementsAre(statusOf(youngChip(firstId))));
}

TEST(Merging, SortsTombstonesAmongTheOthersByAddress) {
    const auto known = merge({}, {chip(firstId), chip(thirdId, 1), chip("10000:01:00.0", 2)});
    const auto merged = merge(known, {chip(secondId, 3)});

    EXPECT_THAT(idsOf(merged), ElementsAre(firstId, secondId, thirdId, "10000:01:00.0"));
}

TEST(Merging, SortsByNumberAndNotByLetters) {
    const auto known = merge({}, {chip("10000:01:00.0")});
    const auto merged = merge(known, {chip("2000:01:00.0", 1)});

    EXPECT_THAT(idsOf(merged), ElementsAre("2000:01:00.0", "10000:01:00.0"));
}

} // namespace
} // namespace hdp::testing
