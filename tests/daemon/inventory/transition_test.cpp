// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/transition.hpp"
#include "daemon/inventory/transition_log.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using hotplug::Reason;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

class TransitionTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::vector<Transition> changes() const { return transitions(before, after); }

    [[nodiscard]] std::string sentence() const {
        const auto all = changes();
        return all.size() == 1 ? sentenceOf(all.front()) : "not one transition";
    }

    Inventory before;
    Inventory after;
};

using ATransition = TransitionTest;

TEST_F(ATransition, IsAChipThatAppears) {
    after = inventoryOf({chip(firstId)});

    ASSERT_THAT(changes(), SizeIs(1));
    EXPECT_EQ(changes()[0].before, nullptr);
    EXPECT_EQ(sentence(), "hailo-8 at 0000:01:00.0 (/dev/hailo0), driver hailo 4.23.0, is Healthy");
}

TEST_F(ATransition, IsAChipThatVanishes) {
    before = inventoryOf({chip(firstId)});
    after = afterRemoval(before);

    ASSERT_THAT(changes(), SizeIs(1));
    EXPECT_EQ(changes()[0].before, &before.devices[0]);
    EXPECT_THAT(sentence(), HasSubstr("hailo-8 at 0000:01:00.0 is Unhealthy: the chip at "
                                      "0000:01:00.0 is gone from the PCI bus"));
}

TEST_F(ATransition, IsAChipThatReturns) {
    before = afterRemoval(inventoryOf({chip(firstId)}));
    after = inventoryOf({chip(firstId)});

    EXPECT_THAT(sentence(), EndsWith("is Healthy"));
}

TEST_F(ATransition, IsAnotherReasonForTheSameHealth) {
    before = inventoryOf({unboundChip(firstId)});
    after = inventoryOf({with(Reason::ConfigSpaceDead, chip(firstId))});

    EXPECT_THAT(sentence(), EndsWith("is Unhealthy: what is wrong"));
}

TEST_F(ATransition, IsADegradationOfAHealthyChip) {
    before = inventoryOf({chip(firstId)});
    after = inventoryOf({with(Reason::WideDomain, chip(firstId))});

    EXPECT_THAT(sentence(), EndsWith("is Healthy: what is wrong"));
}

TEST_F(ATransition, IsAnotherNodeOrDriverVersion) {
    before = inventoryOf({chip(firstId), chip(secondId, 1)});
    auto updated = chip(secondId, 1);
    updated.driverVersion = "4.24.0";
    after = inventoryOf({chip(firstId, 2), updated});

    ASSERT_THAT(changes(), SizeIs(2));
    EXPECT_THAT(sentenceOf(changes()[0]), HasSubstr("/dev/hailo2"));
    EXPECT_THAT(sentenceOf(changes()[1]), HasSubstr("driver hailo 4.24.0"));
}

TEST_F(ATransition, IsNotAnotherWordingOfTheSameProblem) {
    before = inventoryOf({with(Reason::NodeMissing, chip(firstId))});
    after = before;
    after.devices[0].device.problems[0].sentence = "the same, said differently";

    EXPECT_THAT(changes(), IsEmpty());
}

TEST_F(ATransition, IsToldForEachChangedChipInTheOrderOfAddresses) {
    before = inventoryOf({chip("0000:05:00.0", 5)});
    after = inventoryOf(
        {chip("10000:01:00.0", 3), chip(secondId, 1), chip(firstId), chip("0000:05:00.0", 5)});

    const auto all = changes();
    ASSERT_THAT(all, SizeIs(3));
    EXPECT_EQ(all[0].after->id, firstId);
    EXPECT_EQ(all[1].after->id, secondId);
    EXPECT_EQ(all[2].after->id, "10000:01:00.0");
}

TEST_F(ATransition, OfAnUnboundChipNamesNoNodeAndNoDriver) {
    after = inventoryOf({unboundChip(firstId)});

    EXPECT_EQ(sentence(), "hailo-8 at 0000:01:00.0 is Unhealthy: what is wrong");
}

TEST(ATransitionLog, WritesOneLineForEachChangeWithFieldsForPrograms) {
    const CapturedLog log;
    TransitionLog transitionLog;
    transitionLog.onInventory(snapshotOf({chip(firstId), unboundChip(secondId)}));

    EXPECT_EQ(log.count("HAILO_EVENT=device"), 2U);
    EXPECT_THAT(log.text(), AllOf(HasSubstr("HAILO_DEVICE=0000:01:00.0  HAILO_HEALTH=Healthy  "
                                            "HAILO_REASON=none"),
                                  HasSubstr("HAILO_DEVICE=0000:02:00.0  HAILO_HEALTH=Unhealthy  "
                                            "HAILO_REASON=driver-not-bound")));
}

TEST(ATransitionLog, WarnsOfProblemsOnly) {
    const CapturedLog log;
    TransitionLog transitionLog;
    transitionLog.onInventory(snapshotOf({chip(firstId), unboundChip(secondId)}));

    EXPECT_EQ(log.count("info hailo-8 at 0000:01:00.0"), 1U);
    EXPECT_EQ(log.count("warning hailo-8 at 0000:02:00.0"), 1U);
}

TEST(ATransitionLog, IsSilentAboutWhatDidNotChange) {
    const CapturedLog log;
    TransitionLog transitionLog;
    transitionLog.onInventory(snapshotOf({chip(firstId)}));
    transitionLog.onInventory(snapshotOf({chip(firstId)}));

    EXPECT_EQ(log.count("HAILO_EVENT=device"), 1U);
}

} // namespace
} // namespace hdp::testing
