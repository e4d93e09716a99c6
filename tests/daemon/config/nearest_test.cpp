// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/nearest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::config {
namespace {

TEST(AnEditDistance, CountsWhatMustBeChanged) {
    EXPECT_EQ(editDistance("level", "level"), 0U);
    EXPECT_EQ(editDistance("levl", "level"), 1U);
    EXPECT_EQ(editDistance("llevel", "level"), 1U);
    EXPECT_EQ(editDistance("lavel", "level"), 1U);
    EXPECT_EQ(editDistance("leevl", "level"), 1U) << "neighbours that changed places are one slip";
    EXPECT_EQ(editDistance("", "abc"), 3U);
    EXPECT_EQ(editDistance("abc", ""), 3U);
    EXPECT_EQ(editDistance("kitten", "sitting"), 3U);
}

TEST(ANearestWord, IsTheOneWithTheFewestSlips) {
    EXPECT_EQ(nearest("numa-node", {"models", "numa-nodes", "addresses"}), "numa-nodes");
    EXPECT_EQ(suggestion("modles", {"models", "numa-nodes"}), "; did you mean models?");
}

TEST(ANearestWord, IsNoneWhenNothingIsNear) {
    EXPECT_EQ(nearest("colour", {"models", "numa-nodes"}), "");
    EXPECT_EQ(suggestion("colour", {"models"}), "");
    EXPECT_EQ(nearest("x", {}), "");
}

TEST(ANearestWord, IsNotSoughtForAWordOfAMegabyte) {
    EXPECT_EQ(nearest(std::string(1UL << 20U, 'a'), {std::string(200, 'a')}), "");
}

} // namespace
} // namespace hdp::config
