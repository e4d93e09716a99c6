// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hdp::config {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Kind = Value::Kind;

/// "line: sentence" of the refusal; empty if there is none.
std::string refusalOf(const std::string& text) {
    try {
        static_cast<void>(parseDocument(text));
        return {};
    } catch (const Refusal& refusal) {
        return std::to_string(refusal.line()) + ": " + refusal.what();
    }
}

TEST(ADocument, IsMadeOfMapsListsAndTexts) {
    const auto document = parseDocument("a: {b: [x, \"y z\"]}\nc: 5\n");

    EXPECT_EQ(
        document,
        mapValue({mapValue({listValue({textValue("x"), textValue("y z")}).named("b")}).named("a"),
                  textValue("5").named("c")}));
}

TEST(ADocument, KnowsTheLineOfEachValue) {
    const auto document = parseDocument("# comment\na:\n  - x\n  - b: 1\n    c:\n      d\n");

    const auto& list = *document.find("a");
    EXPECT_EQ(list.line, 2U);
    EXPECT_EQ(list.children.at(0).line, 3U);
    EXPECT_EQ(list.children.at(1).line, 4U);
    EXPECT_EQ(list.children.at(1).find("c")->line, 5U);
}

TEST(ADocument, MayBeEmpty) {
    EXPECT_EQ(parseDocument("").kind, Kind::Nothing);
    EXPECT_EQ(parseDocument("\n# nothing but a comment\n").kind, Kind::Nothing);
    EXPECT_EQ(parseDocument("---\n").kind, Kind::Nothing);
}

TEST(ADocument, HasNothingWhereAValueIsLeftOut) {
    EXPECT_EQ(parseDocument("a:\nb: ~\nc: null\n").find("a")->kind, Kind::Nothing);
    EXPECT_EQ(parseDocument("a: \"\"\n").find("a")->kind, Kind::Text);
}

TEST(ADocument, RefusesAKeyThatIsThereTwice) {
    EXPECT_EQ(refusalOf("a: 1\nb: 2\na: 3\n"), "3: \"a\" is there twice, first in line 1");
    EXPECT_THAT(refusalOf("x: {a: 1, a: 1}"), HasSubstr("twice"));
}

TEST(ADocument, RefusesAnchorsAndAliases) {
    EXPECT_THAT(refusalOf("a: &x 1\n"), StartsWith("1: anchors"));
    EXPECT_THAT(refusalOf("a: 1\nb: &x {c: d}\n"), StartsWith("2: anchors"));
    EXPECT_THAT(refusalOf("a: &x [b]\n"), StartsWith("1: anchors"));
    EXPECT_THAT(refusalOf("a: &x\n"), StartsWith("1: anchors"));
    EXPECT_THAT(refusalOf("a: *x\n"), StartsWith("1: "));
}

TEST(ADocument, RefusesTags) {
    EXPECT_THAT(refusalOf("a: !!binary aGFpbG8=\n"), HasSubstr("binary"));
    EXPECT_THAT(refusalOf("a: !own {b: c}\n"), HasSubstr("!own"));
    EXPECT_EQ(refusalOf("a: \"quoted\"\nb: 'so too'\n"), "");
}

TEST(ADocument, RefusesKeysThatAreNoTexts) {
    EXPECT_THAT(refusalOf("? [a, b]\n: c\n"), HasSubstr("a key must be a text"));
    EXPECT_THAT(refusalOf("? {a: b}\n: c\n"), HasSubstr("a key must be a text"));
    EXPECT_THAT(refusalOf("~: c\n"), HasSubstr("a key is missing"));
}

TEST(ADocument, RefusesASecondOne) {
    EXPECT_THAT(refusalOf("a: 1\n---\nb: 2\n"), HasSubstr("a second document"));
}

TEST(ADocument, RefusesANulThatIsWrittenAsAnEscape) {
    EXPECT_THAT(refusalOf("a: \"x\\0y\"\n"), AllOf(StartsWith("1: "), HasSubstr("NUL")));
}

TEST(ADocument, RefusesEscapesThatDoNotComeOutAsUtf8) {
    for (const auto* escape : {"\\N", "\\_"}) {
        EXPECT_THAT(refusalOf("a: 1\nb: \"x" + std::string{escape} + "y\"\n"),
                    AllOf(StartsWith("2: "), HasSubstr("is not UTF-8; write \\u0085")));
    }
    EXPECT_EQ(refusalOf("a: \"\\u0085\\u00a0\\L\\P\"\n"), "");
}

TEST(ADocument, SaysWhereItIsNotYaml) {
    EXPECT_THAT(refusalOf("a: 1\nb: [1, 2\n"), HasSubstr("not YAML"));
    EXPECT_THAT(refusalOf("a: 1\n\tb: 2\n"), HasSubstr("not YAML"));
    EXPECT_THAT(refusalOf("a: \"never closed"), HasSubstr("not YAML"));
}

TEST(ADocument, RefusesDeepNestingBeforeItCostsTheStack) {
    constexpr std::size_t deep = 500000;
    std::string block;
    for (std::size_t level = 0; level < 1000; ++level) {
        block += std::string(level, ' ') + "a:\n";
    }

    EXPECT_THAT(refusalOf("a: " + std::string(deep, '[') + std::string(deep, ']')),
                HasSubstr("deeper than 16"));
    EXPECT_NE(refusalOf(std::string(deep, '[')), "");
    EXPECT_THAT(refusalOf("a: " + std::string(17, '[') + std::string(17, ']')),
                HasSubstr("deeper than 16"));
    EXPECT_EQ(refusalOf("a: " + std::string(15, '[') + std::string(15, ']')), "");
    EXPECT_THAT(refusalOf(block), HasSubstr("deeper than 16"));
    EXPECT_NE(refusalOf(std::string(deep, '{')), "");
}

TEST(ADocument, RefusesMoreValuesThanAnyoneWrites) {
    std::string list = "a:\n";
    std::string map;
    for (std::size_t index = 0; index <= 10000; ++index) {
        list += "- x\n";
        map += "k" + std::to_string(index) + ": x\n";
    }

    EXPECT_EQ(refusalOf(list), "10002: more than 10000 values");
    EXPECT_EQ(refusalOf(map), "10001: more than 10000 values");
}

} // namespace
} // namespace hdp::config
