// SPDX-License-Identifier: Apache-2.0
#include "daemon/status/history.hpp"
#include "tests/daemon/builders.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;

constexpr auto resource = "hailo.ai/device";
constexpr auto id = "0000:01:00.0";

AllocationReport report(AllocationReport::Outcome outcome) {
    return {.resource = resource,
            .ids = id,
            .handover = "cdi-cri",
            .outcome = outcome,
            .cause = outcome == AllocationReport::Outcome::Granted ? "" : "no",
            .duration = 2ms};
}

class HistoryTest : public ::testing::Test {
  protected:
    HistoryTest() {
        history.listen([this] { ++news; });
    }

    [[nodiscard]] std::string newest() const { return history.events().events().front().sentence; }

    int news = 0;
    status::History history;
};

using TheHistory = HistoryTest;

TEST_F(TheHistory, CountsAllocationsByOutcome) {
    history.onAllocation(report(AllocationReport::Outcome::Granted));
    history.onAllocation(report(AllocationReport::Outcome::Refused));
    history.onAllocation(report(AllocationReport::Outcome::Refused));
    history.onAllocation(report(AllocationReport::Outcome::Failed));

    const auto& counts = history.record.resources.at(resource);
    EXPECT_EQ(counts.granted, 1U);
    EXPECT_EQ(counts.refused, 2U);
    EXPECT_EQ(counts.failed, 1U);
    EXPECT_EQ(counts.allocationTime.count(), 4U);
    EXPECT_DOUBLE_EQ(counts.allocationTime.sum(), 0.008);
}

TEST_F(TheHistory, MeasuresOnlyListsThatAnEventLedTo) {
    history.onList(resource, std::nullopt);
    history.onList(resource, 1ms);

    EXPECT_EQ(history.record.resources.at(resource).lists, 2U);
    EXPECT_EQ(history.record.resources.at(resource).hotplug.count(), 1U);
}

TEST_F(TheHistory, TellsOfChipsInWords) {
    history.onInventory(snapshotOf({chip(id)}));
    EXPECT_EQ(newest(), "hailo-8 at 0000:01:00.0 (/dev/hailo0), driver hailo 4.23.0, is Healthy");
    history.onInventory(std::make_shared<const Inventory>(afterRemoval(inventoryOf({chip(id)}))));
    EXPECT_TRUE(history.events().events().front().isProblem);
    EXPECT_EQ(news, 2);
}

TEST_F(TheHistory, TellsOfAllocationsInWords) {
    history.onAllocation(report(AllocationReport::Outcome::Granted));
    EXPECT_EQ(newest(), "allocated 0000:01:00.0 of hailo.ai/device");
    history.onAllocation(report(AllocationReport::Outcome::Refused));
    EXPECT_EQ(newest(), "refused to allocate 0000:01:00.0 of hailo.ai/device: no");
}

TEST_F(TheHistory, KeepsTheLastFewOnly) {
    for (int number = 0; number < 1000; ++number) {
        history.onAllocation(report(AllocationReport::Outcome::Granted));
    }

    EXPECT_EQ(history.events().events().size(), status::RecentEvents::most);
}

} // namespace
} // namespace hdp::testing
