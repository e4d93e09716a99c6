// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/document.hpp"
#include "daemon/config/yaml_text.hpp"
#include "tests/daemon/config/config_test.hpp"

#include <string>

namespace hdp::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class WhatIsPrinted : public ConfigTest {
  protected:
    /// Reads what was printed.
    Options readBack() {
        auto other = sources;
        other.file = folder.path() / "printed.yaml";
        other.environment.clear();
        other.flags.clear();
        writeFile(other.file, config::printed(config::load(sources)));
        return config::load(other).options;
    }
};

TEST_F(WhatIsPrinted, ReadsAsTheSame) {
    write("resources:\n"
          "  - name: hailo.ai/h8\n"
          "    select: {models: [hailo-8, \"null\"], addresses: [\"0000:01:00.0\"]}\n"
          "  - name: hailo.ai/rest\n"
          "kubelet: {pod-resources-socket: \"\"}\n"
          "hardware: {sys-root: \"/a b#c: \\\"d\\\"\\\\\\n\\t\\x7f\", dev-root: "
          "\"*~[]{},&!|>%@`'\"}\n");
    sources.environment = {{"HDP_TOMBSTONE_GRACE", "9"}};
    sources.flags = {{"--handover", {"cdi-annotations"}}, {"--cdi-directory", {"/\u00fc"}}};

    EXPECT_THAT(config::differences(readBack(), options()), IsEmpty());
}

TEST_F(WhatIsPrinted, ReadsAsTheDefaults) {
    write("");

    EXPECT_THAT(config::differences(readBack(), Options{}), IsEmpty());
}

TEST_F(WhatIsPrinted, SaysWhereEachValueComesFrom) {
    write("\ncdi:\n  kind: a.ai/xx\n");
    sources.environment = {{"HDP_LOG_LEVEL", "debug"}};
    sources.flags = {{"--health-interval", {"5"}}};

    const auto text = config::printed(config::load(sources));

    EXPECT_THAT(text, HasSubstr("\n  kind: a.ai/xx  # " + sources.file.string() + ":3\n"));
    EXPECT_THAT(text, HasSubstr("\n  level: debug  # HDP_LOG_LEVEL\n"));
    EXPECT_THAT(text, HasSubstr("\n  interval: 5  # --health-interval\n"));
    EXPECT_THAT(text, HasSubstr("\n  policy: packed  # default\n"));
}

TEST_F(WhatIsPrinted, StaysAFileWhateverTheFilesNameIs) {
    sources.file = folder.path() / "a\nlog: {level: loud}\n.yaml";
    write("cdi: {kind: a.ai/xx}\n");

    EXPECT_THAT(config::printed(config::load(sources)), Not(HasSubstr("\nlog: {")));
    EXPECT_EQ(readBack().cdiKind, "a.ai/xx");
}

class AText : public ::testing::TestWithParam<const char*> {};

TEST_P(AText, IsTheSameAfterAWayThroughYaml) {
    const auto value =
        config::mapValue({config::listValue({config::textValue(GetParam())}).named("a")});

    EXPECT_EQ(config::parseDocument(config::flowText(value)), value) << config::flowText(value);
}

INSTANTIATE_TEST_SUITE_P(Such,
                         AText,
                         ::testing::Values("",
                                           "plain",
                                           "/a/b",
                                           "null",
                                           "Null",
                                           "~",
                                           "true",
                                           "1",
                                           "0000:01:00.0",
                                           "0000:01:*",
                                           "a: b",
                                           "a #b",
                                           "- a",
                                           "*a",
                                           "a,b",
                                           "a]",
                                           "}",
                                           "\"",
                                           "'",
                                           "\\",
                                           "\n",
                                           "\t",
                                           "\x01",
                                           "\x7f",
                                           "\u00e4",
                                           " a ",
                                           "?",
                                           "---",
                                           "%x",
                                           "<<",
                                           "=",
                                           "\u0085",
                                           "\u2028",
                                           "\u00a0",
                                           "\ufeff"));

} // namespace
} // namespace hdp::testing
