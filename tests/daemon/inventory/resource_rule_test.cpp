// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/resource_rule.hpp"
#include "tests/daemon/builders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto firstId = "0000:01:00.0";

std::string complaintAbout(const std::string& text) {
    try {
        parseResourceRule(text);
        return {};
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

bool takes(const std::string& conditions, const hotplug::Device& device) {
    return parseResourceRule("hailo.ai/x:" + conditions).selector.takes(device);
}

TEST(AResourceRule, IsANameThatTakesEveryChip) {
    const auto rule = parseResourceRule("hailo.ai/npu");

    EXPECT_EQ(rule.resource, "hailo.ai/npu");
    EXPECT_TRUE(rule.selector.takes(chip(firstId)));
    EXPECT_TRUE(rule.selector.takes(youngChip(firstId)));
}

TEST(AResourceRule, TakesChipsThatMeetEveryCondition) {
    EXPECT_TRUE(takes("model=hailo-8,numa=1", on(1, chip(firstId))));
    EXPECT_FALSE(takes("model=hailo-10h,numa=1", on(1, chip(firstId))));
    EXPECT_FALSE(takes("model=hailo-8,numa=1", on(0, chip(firstId))));
    EXPECT_TRUE(takes("model=hailo-10h,model=hailo-8", chip(firstId))) << "of one key any value";
}

TEST(AResourceRule, NamesTheConditionThatCannotBeRead) {
    EXPECT_THAT(complaintAbout("a.ai/x:model"),
                AllOf(HasSubstr("\"model\""), HasSubstr("KEY=VALUE")));
    EXPECT_THAT(complaintAbout("a.ai/x:model=a,"), HasSubstr("KEY=VALUE"));
    EXPECT_THAT(complaintAbout("a.ai/x:"), HasSubstr("KEY=VALUE"));
    EXPECT_THAT(complaintAbout("a.ai/x:address=here"), HasSubstr("\"address=here\""));
    EXPECT_THAT(complaintAbout("a.ai/x:numa=-1"), HasSubstr("\"numa=-1\""));
    EXPECT_THAT(complaintAbout("a.ai/x:numa=1x"), HasSubstr("\"numa=1x\""));
    EXPECT_THAT(complaintAbout("a.ai/x:Model=a"), HasSubstr("model, id, address, driver and numa"));
}

TEST(AResourceRule, NeedsAName) {
    EXPECT_THAT(complaintAbout(":model=hailo-8"), ::testing::Not(IsEmpty()));
    EXPECT_THAT(complaintAbout("hailo:model=hailo-8"), HasSubstr("has no domain"));
}

TEST(TheResourceOfAChip, IsThatOfTheFirstRuleThatTakesIt) {
    const std::vector rules{parseResourceRule("a.ai/h8:model=hailo-8"),
                            parseResourceRule("a.ai/first:address=0000:01:00.0")};

    EXPECT_EQ(resourceFor(chip(firstId), rules), "a.ai/h8");
    EXPECT_EQ(resourceFor(youngChip(firstId), rules), "a.ai/first");
    EXPECT_EQ(resourceFor(youngChip("0000:02:00.0"), rules), "");
}

} // namespace
} // namespace hdp::testing
