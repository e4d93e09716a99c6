// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/value.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::config {
namespace {

TEST(OneLine, HoldsNothingThatATerminalActsUpon) {
    EXPECT_EQ(oneLine("a\nb\x1b[2J\x7f"), "a\\x0ab\\x1b[2J\\x7f");
    EXPECT_EQ(oneLine("\u009b2J\u0085"), "\\xc2\\x9b2J\\xc2\\x85");
}

TEST(OneLine, LeavesWordsOfAnyLanguageAsTheyAre) {
    EXPECT_EQ(oneLine("caf\u00e9 \u5496\u5561"), "caf\u00e9 \u5496\u5561");
}

TEST(OneLine, EndsNowhereWithinACharacter) {
    EXPECT_EQ(oneLine(std::string(999, 'x') + "\u00e9"), std::string(999, 'x') + "\\xc3...");
    EXPECT_EQ(oneLine(std::string(998, 'x') + "\u00e9!"), std::string(998, 'x') + "\u00e9...");
}

} // namespace
} // namespace hdp::config
