// SPDX-License-Identifier: Apache-2.0
#include "cdi/text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::cdi {
namespace {

TEST(AText, MayBeAnyUnicode) {
    for (const auto* text :
         {"", "a", "\x01\x7F", "\xC2\x80\xDF\xBF", "\xE0\xA0\x80\xE0\xBF\xBF",
          "\xE1\x80\x80\xEC\xBF\xBF", "\xED\x80\x80\xED\x9F\xBF", "\xEE\x80\x80\xEF\xBF\xBF",
          "\xF0\x90\x80\x80\xF0\xBF\xBF\xBF", "\xF1\x80\x80\x80\xF3\xBF\xBF\xBF",
          "\xF4\x80\x80\x80\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(isText(text)) << printable(text);
    }
}

TEST(AText, HasNoNul) {
    EXPECT_FALSE(isText(std::string("a\0b", 3)));
}

TEST(AText, HasNoStrayOrMissingContinuation) {
    for (const auto* text :
         {"a\x80", "\xBF", "\xC3", "\xC3/", "\xC3\xC3", "\xE2\x82", "\xE2\x82/", "\xE2/\x82",
          "\xF0\x9F\x98", "\xF0\x9F\x98/", "\xF0\x9F/\x98", "\xF0/\x9F\x98", "\xC3\xA9\x80"}) {
        EXPECT_FALSE(isText(text)) << printable(text);
    }
}

TEST(AText, HasNoOverlongForm) {
    for (const auto* text : {"\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF"}) {
        EXPECT_FALSE(isText(text)) << printable(text);
    }
}

TEST(AText, HasNoCodePointThatUnicodeLacks) {
    for (const auto* text :
         {"\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF"}) {
        EXPECT_FALSE(isText(text)) << printable(text);
    }
}

TEST(APrintableLine, EscapesWhatIsNotPrintableAscii) {
    EXPECT_EQ(printable("a ~\x1B\n\x7F\xC3\xA9"), R"(a ~\x1b\x0a\x7f\xc3\xa9)");
}

TEST(APrintableLine, IsShort) {
    EXPECT_EQ(printable(std::string(240, 'x')), std::string(240, 'x'));
    EXPECT_EQ(printable(std::string(241, 'x')), std::string(240, 'x') + "...");
}

TEST(AQuotedText, IsPrintableBetweenQuotes) {
    EXPECT_EQ(inQuotes("a\nb"), R"("a\x0ab")");
}

} // namespace
} // namespace hdp::cdi
