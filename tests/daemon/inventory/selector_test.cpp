// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/selector.hpp"
#include "tests/daemon/builders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr auto firstId = "0000:01:00.0";

bool takes(std::string_view key,
           std::initializer_list<std::string_view> values,
           const hotplug::Device& device) {
    Selector selector;
    for (const auto value : values) {
        addCondition(key, value, selector);
    }
    return selector.takes(device);
}

std::string complaintAbout(std::string_view key, std::string_view value) {
    try {
        Selector selector;
        addCondition(key, value, selector);
        return {};
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

TEST(ASelector, TakesEveryChipWithoutConditions) {
    EXPECT_TRUE(Selector{}.takes(chip(firstId)));
    EXPECT_TRUE(Selector{}.takes(unboundChip(firstId)));
}

TEST(ASelector, TakesAModel) {
    EXPECT_TRUE(takes("model", {"hailo-8"}, chip(firstId)));
    EXPECT_FALSE(takes("model", {"hailo-8"}, youngChip(firstId)));
    EXPECT_TRUE(takes("model", {"hailo-10h", "hailo-8"}, chip(firstId)));
}

TEST(ASelector, TakesAPciIdWithAndWithoutTheVendor) {
    EXPECT_TRUE(takes("id", {"1e60:2864"}, chip(firstId)));
    EXPECT_TRUE(takes("id", {"2864"}, chip(firstId)));
    EXPECT_TRUE(takes("id", {"1E60:45C4"}, youngChip(firstId)));
    EXPECT_FALSE(takes("id", {"45c4"}, chip(firstId)));
    EXPECT_TRUE(takes("id", {"45c4", "2864"}, chip(firstId)));
}

TEST(ASelector, TakesAnAddressInEitherCase) {
    EXPECT_TRUE(takes("address", {firstId}, chip(firstId)));
    EXPECT_TRUE(takes("address", {"0000:0A:00.0"}, chip("0000:0a:00.0")));
    EXPECT_FALSE(takes("address", {"0000:02:00.0"}, chip(firstId)));
}

TEST(ASelector, TakesAddressesByAPatternOfTheShell) {
    EXPECT_TRUE(takes("address", {"0000:01:*"}, chip(firstId)));
    EXPECT_FALSE(takes("address", {"0000:01:*"}, chip("0000:02:00.0")));
    EXPECT_TRUE(takes("address", {"*:0?:00.0"}, chip("10000:03:00.0")));
    EXPECT_TRUE(takes("address", {"0000:[0-3]A:*"}, chip("0000:2a:00.0")));
    EXPECT_FALSE(takes("address", {"0000:[!0]1:*"}, chip(firstId)));
    EXPECT_TRUE(takes("address", {"0000:05:*", firstId}, chip(firstId)));
    EXPECT_FALSE(takes("address", {"0000:01:?"}, chip(firstId))) << "the whole address has to fit";
}

TEST(ASelector, TakesChipsThatADriverHas) {
    EXPECT_TRUE(takes("driver", {"hailo"}, chip(firstId)));
    EXPECT_FALSE(takes("driver", {"hailo"}, youngChip(firstId)));
    EXPECT_TRUE(takes("driver", {"hailo", "hailo1x"}, youngChip(firstId)));
    EXPECT_FALSE(takes("driver", {"hailo"}, unboundChip(firstId)));
}

TEST(ASelector, TakesChipsOfANumaNode) {
    EXPECT_TRUE(takes("numa", {"1"}, on(1, chip(firstId))));
    EXPECT_FALSE(takes("numa", {"1"}, on(0, chip(firstId))));
    EXPECT_FALSE(takes("numa", {"1"}, chip(firstId))) << "of an unknown node nothing holds";
}

TEST(ASelector, SaysWhatItCannotRead) {
    EXPECT_THAT(complaintAbout("id", "10de:2864"), AllOf(HasSubstr("10de"), HasSubstr("1e60")));
    EXPECT_THAT(complaintAbout("id", "28645"), HasSubstr("\"28645\""));
    EXPECT_THAT(complaintAbout("id", "hailo-8"), HasSubstr("PCI id"));
    EXPECT_THAT(complaintAbout("address", "0000:99"), HasSubstr("0000:01:*"));
    EXPECT_THAT(complaintAbout("address", "0000:g1:*"), HasSubstr("0000:g1:*"));
    EXPECT_THAT(complaintAbout("driver", "nvme"), AllOf(HasSubstr("nvme"), HasSubstr("hailo1x")));
    EXPECT_THAT(complaintAbout("numa", "-1"), HasSubstr("\"-1\""));
    EXPECT_THAT(complaintAbout("numa", "1x"), HasSubstr("\"1x\""));
    EXPECT_THAT(complaintAbout("Model", "a"), HasSubstr("model, id, address, driver and numa"));
}

} // namespace
} // namespace hdp::testing
