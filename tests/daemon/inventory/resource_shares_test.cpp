// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/resource_shares.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

class ResourceSharesTest : public ::testing::Test {
  protected:
    ResourceSharesTest() { assign({}); }

    /// The resources of the chips, in the order of addresses.
    std::vector<std::string> assign(const std::vector<hotplug::Device>& devices) {
        auto next = inventoryOf(devices);
        shares.assign(known, next.devices);
        known = std::move(next);
        std::vector<std::string> resources;
        for (const auto& status : known.devices) {
            resources.push_back(status.resource);
        }
        return resources;
    }

    CapturedLog log;
    Inventory known;
    ResourceShares shares{
        {parseResourceRule("a.ai/h8:driver=hailo"), parseResourceRule("a.ai/10h:id=45c4")}};
};

using TheShares = ResourceSharesTest;

TEST_F(TheShares, GiveAChipToTheFirstResourceThatTakesIt) {
    EXPECT_THAT(assign({chip(firstId), youngChip(secondId)}), ElementsAre("a.ai/h8", "a.ai/10h"));
    EXPECT_EQ(log.text(), "");
}

TEST_F(TheShares, KeepAChipThatLosesItsDriverWhereItWas) {
    assign({chip(firstId)});

    EXPECT_THAT(assign({unboundChip(firstId)}), ElementsAre("a.ai/h8"));
    EXPECT_THAT(log.text(), AllOf(HasSubstr("stays in a.ai/h8"), HasSubstr(firstId)));
}

TEST_F(TheShares, KeepAChipThatAnotherResourceWouldTakeNow) {
    assign({chip(firstId)});
    const auto other = youngChip(firstId);

    EXPECT_THAT(assign({other}), ElementsAre("a.ai/h8"));
    EXPECT_THAT(log.text(), HasSubstr("a.ai/10h would take it now"));
}

TEST_F(TheShares, KeepAChipThatVanishedAndReturnedWhereItWas) {
    assign({chip(firstId)});
    known = afterRemoval(known);

    EXPECT_THAT(assign({youngChip(firstId)}), ElementsAre("a.ai/h8"));
}

TEST_F(TheShares, SayOnceThatNoResourceTakesAChip) {
    EXPECT_THAT(assign({unboundChip(firstId)}), ElementsAre(""));
    assign({unboundChip(firstId)});

    EXPECT_EQ(log.count("no resource takes the hailo-8 at 0000:01:00.0 (PCI id 1e60:2864, driver "
                        "none, NUMA node unknown)"),
              1U);
}

TEST_F(TheShares, GiveAChipAwayAsSoonAsAResourceTakesIt) {
    assign({unboundChip(firstId)});

    EXPECT_THAT(assign({chip(firstId)}), ElementsAre("a.ai/h8"));
}

TEST_F(TheShares, LetAChipThatNoPodCanHoldYetMoveToAnEarlierResource) {
    shares =
        ResourceShares{{parseResourceRule("a.ai/h8:driver=hailo"), parseResourceRule("a.ai/rest")}};
    EXPECT_THAT(assign({unboundChip(firstId)}), ElementsAre("a.ai/rest"));

    EXPECT_THAT(assign({chip(firstId)}), ElementsAre("a.ai/h8"));
    EXPECT_THAT(assign({unboundChip(firstId)}), ElementsAre("a.ai/h8"));
}

TEST_F(TheShares, KeepAnUnhealthyChipWhereItsPodIs) {
    shares =
        ResourceShares{{parseResourceRule("a.ai/h8:driver=hailo"), parseResourceRule("a.ai/rest")}};
    assign({unboundChip(firstId)});
    shares.remember({{"a.ai/rest", firstId}}, known.devices);

    EXPECT_THAT(assign({chip(firstId)}), ElementsAre("a.ai/rest"));
}

TEST_F(TheShares, WaitForAChipThatIsBeingIdentified) {
    auto device = chip(firstId);
    device.isBeingIdentified = true;
    EXPECT_THAT(assign({device}), ElementsAre(""));
    EXPECT_EQ(log.text(), "");

    device.isBeingIdentified = false;
    EXPECT_THAT(assign({device}), ElementsAre("a.ai/h8"));
}

TEST_F(TheShares, LetAPodDecideAgainstTheRules) {
    assign({chip(firstId)});
    shares.remember({{"a.ai/10h", firstId}}, known.devices);

    EXPECT_EQ(known.devices[0].resource, "a.ai/10h");
    EXPECT_EQ(known.devices[0].health, Health::Healthy);
    EXPECT_THAT(assign({chip(firstId)}), ElementsAre("a.ai/10h"));
}

TEST_F(TheShares, LeaveAChipThatPodsOfTwoResourcesHoldWhereItIs) {
    assign({chip(firstId)});
    shares.remember({{"a.ai/10h", firstId}, {"a.ai/h8", firstId}}, known.devices);

    EXPECT_EQ(known.devices[0].resource, "a.ai/h8");
}

} // namespace
} // namespace hdp::testing
