// SPDX-License-Identifier: Apache-2.0
#include "cdi/text.hpp"
#include "daemon/handover/allocation_error.hpp"
#include "daemon/plugin/allocation.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/handed_over.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace hdp::testing {
namespace {

using hotplug::Reason;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";
constexpr auto thirdId = "0000:03:00.0";

using Ids = std::vector<std::string>;

class AllocationTest : public HandedOver {
  protected:
    void SetUp() override { publish({chip(firstId), chip(secondId, 1), chip(thirdId, 2)}); }

    [[nodiscard]] v1beta1::AllocateResponse ask(const std::vector<Ids>& containers) const {
        v1beta1::AllocateRequest request;
        for (const auto& ids : containers) {
            auto& container = *request.add_container_requests();
            *container.mutable_devices_ids() = {ids.begin(), ids.end()};
        }
        return allocate(*inventory, handover, request);
    }

    [[nodiscard]] std::optional<AllocationError>
    refusalOf(const std::vector<Ids>& containers) const {
        try {
            (void)ask(containers);
            return std::nullopt;
        } catch (const AllocationError& error) {
            return error;
        }
    }

    [[nodiscard]] std::string sentenceFor(const std::vector<Ids>& containers) const {
        const auto refusal = refusalOf(containers);
        return refusal ? refusal->what() : "granted";
    }

    Handover handover{
        {.modes = {HandoverMode::CdiCri, HandoverMode::DeviceSpecs}}, cdi, links, views};
};

using AnAllocation = AllocationTest;

TEST_F(AnAllocation, HandsTheChipOver) {
    const auto response = ask({{secondId}});

    ASSERT_EQ(response.container_responses_size(), 1);
    const auto& container = response.container_responses(0);
    ASSERT_EQ(container.cdi_devices_size(), 1);
    EXPECT_EQ(container.cdi_devices(0).name(), "hailo.ai/device=0000:02:00.0");
    ASSERT_EQ(container.devices_size(), 1);
    EXPECT_EQ(container.devices(0).container_path(), "/dev/hailo1");
    EXPECT_EQ(container.envs().at("HAILO_DEVICE_IDS"), secondId);
}

TEST_F(AnAllocation, AnswersEachContainerInTheOrderOfTheRequest) {
    const auto response = ask({{thirdId}, {firstId}, {secondId}});

    ASSERT_EQ(response.container_responses_size(), 3);
    EXPECT_EQ(response.container_responses(0).envs().at("HAILO_DEVICE_IDS"), thirdId);
    EXPECT_EQ(response.container_responses(1).envs().at("HAILO_DEVICE_IDS"), firstId);
    EXPECT_EQ(response.container_responses(2).envs().at("HAILO_DEVICE_IDS"), secondId);
}

TEST_F(AnAllocation, AnswersNoContainersWithNoResponses) {
    EXPECT_EQ(ask({}).container_responses_size(), 0);
}

TEST_F(AnAllocation, SortsTheChipsOfAContainerByAddress) {
    const auto response = ask({{thirdId, firstId, secondId}});

    EXPECT_EQ(response.container_responses(0).envs().at("HAILO_DEVICE_IDS"),
              "0000:01:00.0,0000:02:00.0,0000:03:00.0");
}

TEST_F(AnAllocation, GetsTheSameAnswerAgainForTheSameRequestInAnyOrder) {
    const auto first = ask({{firstId, secondId}});

    EXPECT_EQ(ask({{firstId, secondId}}).DebugString(), first.DebugString());
    EXPECT_EQ(ask({{secondId, firstId}}).DebugString(), first.DebugString());
}

TEST_F(AnAllocation, RefusesAnUnknownChip) {
    const auto refusal = refusalOf({{"0000:09:00.0"}});

    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind(), AllocationError::Kind::InvalidRequest);
    EXPECT_THAT(refusal->what(), HasSubstr("\"0000:09:00.0\" is unknown"));
}

TEST_F(AnAllocation, RefusesAnUnhealthyChipWithItsReason) {
    publish({with(Reason::ConfigSpaceDead, chip(firstId))});
    const auto refusal = refusalOf({{firstId}});

    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind(), AllocationError::Kind::NotNow);
    EXPECT_THAT(refusal->what(), AllOf(HasSubstr(firstId), HasSubstr("(config-space-dead)"),
                                       HasSubstr("what is wrong")));
}

TEST_F(AnAllocation, RefusesAChipThatVanished) {
    publish(std::make_shared<const Inventory>(afterRemoval(inventoryOf({chip(firstId)}))));

    EXPECT_THAT(sentenceFor({{firstId}}), HasSubstr("(removed)"));
}

TEST_F(AnAllocation, GrantsADegradedChip) {
    publish({with(Reason::WideDomain, chip("10000:01:00.0"))});

    EXPECT_EQ(sentenceFor({{"10000:01:00.0"}}), "granted");
}

TEST_F(AnAllocation, RefusesAChipThatIsNamedTwiceInOneContainer) {
    const auto refusal = refusalOf({{firstId, secondId, firstId}});

    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind(), AllocationError::Kind::InvalidRequest);
    EXPECT_THAT(refusal->what(), HasSubstr("\"0000:01:00.0\" twice"));
}

TEST_F(AnAllocation, RefusesAChipThatIsNamedInTwoContainers) {
    EXPECT_THAT(sentenceFor({{firstId}, {secondId, firstId}}), HasSubstr("twice"));
}

TEST_F(AnAllocation, RefusesAnEmptyId) {
    const auto refusal = refusalOf({{firstId, ""}});

    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind(), AllocationError::Kind::InvalidRequest);
    EXPECT_THAT(refusal->what(), HasSubstr("empty"));
}

TEST_F(AnAllocation, RefusesAContainerThatNamesNoChip) {
    const auto refusal = refusalOf({{firstId}, {}});

    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->kind(), AllocationError::Kind::InvalidRequest);
    EXPECT_THAT(refusal->what(), HasSubstr("names no device"));
}

TEST_F(AnAllocation, RefusesEverythingWhenOneContainerCannotBeServed) {
    EXPECT_TRUE(refusalOf({{firstId}, {"0000:09:00.0"}}));
}

TEST_F(AnAllocation, QuotesAHugeIdInABoundedSentence) {
    const auto sentence = sentenceFor({{std::string(1U << 20U, 'x')}});

    EXPECT_LT(sentence.size(), 300U);
    EXPECT_THAT(sentence, HasSubstr("(1048576 bytes)"));
}

TEST_F(AnAllocation, QuotesAnIdThatIsNotPrintableInPrintableWords) {
    EXPECT_THAT(sentenceFor({{"a\n\x1b[2J"}}), HasSubstr(R"("a\x0a\x1b[2J")"));
}

TEST_F(AnAllocation, CutsAnIdBetweenCharacters) {
    const auto sentence = sentenceFor({{"x" + std::string(62, 'y') + "\u00e9"}});

    EXPECT_TRUE(cdi::isText(sentence)) << sentence;
}

TEST_F(AnAllocation, KnowsAnIdInItsOwnSpellingOnly) {
    publish({chip("0000:0a:00.0")});

    EXPECT_THAT(sentenceFor({{"0000:0A:00.0"}}), HasSubstr("unknown"));
}

TEST_F(AnAllocation, RefusesTenThousandUnknownIds) {
    Ids ids(10'000, "0000:01:00.");
    for (std::size_t index = 0; index < ids.size(); ++index) {
        ids[index] += std::to_string(index);
    }

    EXPECT_THAT(sentenceFor({ids}), HasSubstr("unknown"));
}

TEST_F(AnAllocation, GrantsAHundredChips) {
    std::vector<hotplug::Device> chips;
    Ids ids;
    for (unsigned index = 0; index < 100; ++index) {
        ids.push_back(fmt::format("{:04x}:01:00.0", index));
        chips.push_back(chip(ids.back(), index));
    }
    publish(chips);

    EXPECT_EQ(ask({ids}).container_responses(0).devices_size(), 100);
}

} // namespace
} // namespace hdp::testing
