// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/document.hpp"
#include "daemon/config/form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hdp::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

enum class Colour { Red, Green };

struct Mount {
    std::filesystem::path path;
    Colour colour = Colour::Green;

    friend bool operator==(const Mount&, const Mount&) = default;
};

Form<Colour> colour() {
    return choice<Colour>({{"red", Colour::Red}, {"green", Colour::Green}});
}

Form<Mount> mount() {
    return record<Mount>({requiredField("path", &Mount::path, absolutePath()),
                          field("colour", &Mount::colour, colour())});
}

/// What the form makes of YAML.
template <class Type>
Type read(const Form<Type>& form, const std::string& yaml) {
    return form.read(parseDocument(yaml));
}

/// "key: sentence" of the refusal.
template <class Type>
std::string refusalOf(const Form<Type>& form, const std::string& yaml) {
    try {
        static_cast<void>(read(form, yaml));
        return {};
    } catch (const Refusal& refusal) {
        return refusal.key() + ": " + refusal.what();
    }
}

TEST(AForm, ReadsWhatItWrote) {
    const std::vector<Mount> mounts{{"/a", Colour::Red}, {"/b", Colour::Green}};
    const std::map<std::string, std::string> map{{"a", "1"}, {"b", ""}};

    EXPECT_EQ(vectorOf(mount()).read(vectorOf(mount()).write(mounts)), mounts);
    EXPECT_EQ(mapOf(text()).read(mapOf(text()).write(map)), map);
    EXPECT_EQ(seconds().read(seconds().write(std::chrono::seconds{7})), std::chrono::seconds{7});
    EXPECT_EQ(optional(number<int>()).read(optional(number<int>()).write(3)), 3);
    EXPECT_EQ(optional(number<int>()).read(optional(number<int>()).write(std::nullopt)),
              std::nullopt);
}

TEST(AForm, OfAListReadsItsItemsInOrder) {
    EXPECT_THAT(read(vectorOf(text()), "[b, a]"), ElementsAre("b", "a"));
    EXPECT_THAT(read(setOf(number<int>()), "[2, 1]"), ElementsAre(1, 2));
    EXPECT_THAT(read(vectorOf(text()), "[]"), IsEmpty());
}

TEST(AForm, OfAListRefusesRepetitions) {
    EXPECT_EQ(refusalOf(vectorOf(text()), "[a, b, a]"), "[2]: a is in the list twice");
    EXPECT_EQ(refusalOf(setOf(number<int>()), "[1, 01]"), "[1]: 01 is in the list twice");
}

TEST(AForm, OfAMapTakesAnyKey) {
    EXPECT_THAT(read(mapOf(text()), "{a.b/c: 1, d: \"2\"}"),
                ElementsAre(Pair("a.b/c", "1"), Pair("d", "2")));
    EXPECT_EQ(refusalOf(mapOf(number<int>()), "{a: x}"),
              ".a: \"x\" is not a whole number from 0 to 2147483647");
}

TEST(AForm, OfAStructLeavesItsDefaults) {
    EXPECT_EQ(read(mount(), "{path: /a}"), (Mount{"/a", Colour::Green}));
    EXPECT_EQ(read(mount(), "{colour: red, path: /a}"), (Mount{"/a", Colour::Red}));
}

TEST(AForm, OfAStructWritesWhatIsNotTheDefault) {
    EXPECT_EQ(mount().write({"/a", Colour::Green}), mapValue({textValue("/a").named("path")}));
}

TEST(AForm, OfAStructKnowsItsKeys) {
    EXPECT_THAT(refusalOf(mount(), "{path: /a, color: red}"),
                HasSubstr("has the unknown key \"color\"; did you mean colour? (allowed are path, "
                          "colour)"));
    EXPECT_EQ(refusalOf(mount(), "{colour: red}"), ": lacks the key path");
}

TEST(AForm, TellsWhereInAListOfStructsItFailed) {
    EXPECT_EQ(refusalOf(vectorOf(mount()), "[{path: /a}, {path: /b, colour: blue}]"),
              "[1].colour: \"blue\" is none of red, green");
}

TEST(AForm, RefusesValuesOfAnotherKind) {
    EXPECT_EQ(refusalOf(vectorOf(text()), "a"), ": must be a list, but is the text \"a\"");
    EXPECT_EQ(refusalOf(vectorOf(text()), "{a: b}"), ": must be a list, but is a map");
    EXPECT_EQ(refusalOf(mapOf(text()), "[a]"), ": must be a map, but is a list");
    EXPECT_EQ(refusalOf(mount(), "~"), ": must be a map, but is nothing");
    EXPECT_EQ(refusalOf(text(), "[a]"), ": must be one value, but is a list");
    EXPECT_EQ(refusalOf(seconds(), "~"), ": has no value; leave the line out for the default");
    EXPECT_EQ(refusalOf(absolutePath(), "a/b"), ": \"a/b\" is not an absolute path");
}

TEST(AForm, ReadsWholeNumbersOnly) {
    EXPECT_EQ(read(seconds(), "4294967295"), std::chrono::seconds{4294967295});
    for (const char* bad : {"-1", "+1", "1.5", "0x10", "\"\"", "\" 1\"", "4294967296", "30s",
                            "99999999999999999999", "1e3", "true"}) {
        EXPECT_THAT(refusalOf(seconds(), bad), HasSubstr("from 0 to 4294967295")) << bad;
    }
}

} // namespace
} // namespace hdp::config
