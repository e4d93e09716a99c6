// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/settings.hpp"
#include "tests/daemon/commands/command_line_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using TheCommandLine = CommandLineTest;

TEST_F(TheCommandLine, PrintsHelpThatNamesEveryFlagAndItsDefault) {
    EXPECT_EQ(run({"--help"}), 0);
    for (const auto& setting : config::settings()) {
        EXPECT_THAT(output, HasSubstr(setting.words.flag));
        const auto byDefault = setting.summary(Options{});
        EXPECT_THAT(output, HasSubstr(byDefault.empty() ? "" : "[" + byDefault + "]"));
        EXPECT_THAT(output, HasSubstr("\n" + setting.words.group + ":\n"));
    }
    for (const auto& command : commands::all()) {
        const auto isListed = output.find("\n  " + command->name() + " ") != std::string::npos;
        EXPECT_NE(isListed, command->isHidden()) << command->name();
    }
}

TEST_F(TheCommandLine, PrintsTheVersion) {
    EXPECT_EQ(run({"--version"}), 0);
    EXPECT_THAT(output, StartsWith("hailo-device-plugin 0."));
    EXPECT_EQ(run({"version"}), 0);
    EXPECT_THAT(output, StartsWith("hailo-device-plugin 0."));
}

TEST_F(TheCommandLine, RunsTheDaemonUnlessItNamesAnotherCommand) {
    EXPECT_EQ(parse({}).command().name(), "run");
    EXPECT_EQ(parse({"run"}).command().name(), "run");
    EXPECT_EQ(parse({"config"}).command().name(), "config");
}

TEST_F(TheCommandLine, TakesFlagsBeforeAndBehindTheCommand) {
    EXPECT_EQ(optionsOf({"--cdi-kind", "a.ai/xx", "config"}).cdiKind, "a.ai/xx");
    EXPECT_EQ(optionsOf({"config", "--cdi-kind", "a.ai/xx"}).cdiKind, "a.ai/xx");
    EXPECT_EQ(parse({"--dev-root", "config"}).command().name(), "config");
}

TEST_F(TheCommandLine, PrintsTheSettingsInForce) {
    settings = "cdi: {kind: a.ai/xx}\n";
    for (const char* way : {"config", "--print-config"}) {
        environment = {"HDP_LOG_LEVEL=debug", "HDPX=1", "PATH=/", "HDP_HEALTH_INTERVAL"};
        EXPECT_EQ(run({way, "--tombstone-grace", "7"}), 0);
        EXPECT_THAT(output, AllOf(HasSubstr("kind: a.ai/xx  # " + file.string() + ":1\n"),
                                  HasSubstr("level: debug  # HDP_LOG_LEVEL\n"),
                                  HasSubstr("tombstone-grace: 7  # --tombstone-grace\n")));
        EXPECT_EQ(complaint, "");
    }
}

TEST_F(TheCommandLine, WarnsOfVariablesThatSetNothing) {
    environment = {"HDP_CDI_KIDN=a.ai/xx"};

    EXPECT_EQ(run({"config"}), 0);
    EXPECT_THAT(complaint, HasSubstr("HDP_CDI_KIDN sets nothing; did you mean HDP_CDI_KIND?"));
}

TEST_F(TheCommandLine, NamesTheFileRatherThanTheEnvironment) {
    environment = {"HDP_CONFIG=/none"};
    EXPECT_EQ(parse({}).sources().file, file);
}

TEST_F(TheCommandLine, RefusesAFileThatIsNotThere) {
    EXPECT_EQ(refusalOf({"--config", "/none/config.yaml"}),
              "hailo-device-plugin: /none/config.yaml: there is no such file\n");
}

TEST_F(TheCommandLine, RefusesABadFile) {
    settings = "log:\n  level: loud\n";
    EXPECT_THAT(refusalOf({}), HasSubstr(file.string() + ":2: log.level: \"loud\""));
}

TEST(TheEnvironmentOfAProcess, NamesTheFile) {
    const std::vector<const char*> words{"hailo-device-plugin"};
    const std::vector<const char*> environment{"HDP_CONFIG=/etc/other.yaml", nullptr};

    const commands::CommandLine line{1, words.data(), environment.data()};

    EXPECT_EQ(line.sources().file, "/etc/other.yaml");
    EXPECT_TRUE(line.sources().isFileNamed);
}

TEST(TheEnvironmentOfAProcess, MayLeaveTheFileUnnamed) {
    const std::vector<const char*> words{"hailo-device-plugin"};
    const std::vector<const char*> environment{"HDP_CONFIG=", nullptr};

    const commands::CommandLine line{1, words.data(), environment.data()};

    EXPECT_EQ(line.sources().file, "/etc/hailo-device-plugin/config.yaml");
    EXPECT_FALSE(line.sources().isFileNamed);
}

} // namespace
} // namespace hdp::testing
