// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/cli_test.hpp"
#include "tests/support/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <sstream>
#include <string>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

struct Close {
    void operator()(std::FILE* pipe) const { ::pclose(pipe); }
};

/// The words that a shell's command line writes, errors included.
std::set<std::string> wordsOf(const std::string& command) {
    const std::unique_ptr<std::FILE, Close> pipe{
        ::popen((command + " 2>&1").c_str(), "r")}; // NOLINT(cert-env33-c): the test's own words
    std::string text;
    std::array<char, 4096> buffer{};
    while (const auto length = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
        text.append(buffer.data(), length);
    }
    std::istringstream stream{text};
    return {std::istream_iterator<std::string>{stream}, {}};
}

/// Leaves the test out where the shell is not installed.
bool has(const std::string& program) {
    return !wordsOf("command -v " + program).empty();
}

class CompletionTest : public CliTest {
  protected:
    /// Writes the completions for a shell, and answers their file.
    std::string completionsFor(const std::string& shell) {
        const auto printed = run({"completion", shell});
        EXPECT_EQ(printed.code, 0) << printed.complaint;
        const auto file = folder.path() / shell;
        writeFile(file, printed.output);
        return file;
    }

    /// What bash offers behind these words, of which the last is not finished.
    std::set<std::string> offered(const std::string& words) {
        const auto file = completionsFor("bash");
        const auto script = folder.path() / "ask";
        writeFile(script, "source " + file + "\nCOMP_WORDS=(hailo-device-plugin " + words +
                              ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_hailo_device_plugin\n"
                              "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
        return wordsOf("bash --norc " + script.string());
    }
};

using Completions = CompletionTest;

TEST_F(Completions, OfferCommandsAndFlags) {
    EXPECT_THAT(offered("''"), AllOf(Contains("list"), Contains("doctor"), Contains("cdi"),
                                     Contains("--log-level"), Not(Contains("manual"))));
    EXPECT_THAT(offered("do"), ElementsAre("doctor"));
    EXPECT_THAT(offered("list --w"), ElementsAre("--watch"));
    EXPECT_THAT(offered("list --cdi-k"), ElementsAre("--cdi-kind"));
}

TEST_F(Completions, OfferWhatMayFollowAWord) {
    EXPECT_THAT(offered("--log-level ''"), ElementsAre("debug", "error", "info", "warning"));
    EXPECT_THAT(offered("list --log-level = d"), ElementsAre("debug"));
    EXPECT_THAT(offered("--identify o cdi g"), ElementsAre("generate"));
    EXPECT_THAT(offered("cdi generate --out"), ElementsAre("--output"));
    const auto config = (folder.path() / "config").string();
    EXPECT_THAT(offered("cdi validate " + config), ElementsAre(config + ".yaml"));
    EXPECT_THAT(offered("--config " + config), ElementsAre(config + ".yaml"));
    EXPECT_THAT(offered("completion ''"), AllOf(Contains("zsh"), Contains("fish")));
}

TEST_F(Completions, NameEveryFlagOfTheHelp) {
    const auto help = run({"--help"}).output;
    for (const auto* shell : {"bash", "zsh", "fish"}) {
        const auto text = run({"completion", shell}).output;
        std::istringstream words{help};
        for (std::string word; words >> word;) {
            if (!word.starts_with("--") || word.find_first_of(",=`") != std::string::npos) {
                continue;
            }
            const auto name = std::string{shell} == "fish" ? "-l " + word.substr(2) : word;
            EXPECT_NE(text.find(name), std::string::npos) << shell << " " << word;
        }
    }
}

TEST_F(Completions, AreGoodZsh) {
    if (!has("zsh")) {
        GTEST_SKIP() << "zsh is not installed";
    }
    EXPECT_THAT(wordsOf("zsh -n " + completionsFor("zsh")), ElementsAre());
}

TEST_F(Completions, AreGoodFish) {
    if (!has("fish")) {
        GTEST_SKIP() << "fish is not installed";
    }
    const auto file = completionsFor("fish");
    EXPECT_THAT(wordsOf("fish --no-config --no-execute " + file), ElementsAre());
    const auto words = wordsOf("fish --no-config -c 'source " + file +
                               "; complete -C \"hailo-device-plugin --log-level \"' | cut -f 1");
    EXPECT_THAT(words, ElementsAre("debug", "error", "info", "warning"));
}

TEST_F(Completions, AskForAShellThatIsKnown) {
    EXPECT_EQ(run({"completion"}).code, 2);
    EXPECT_EQ(run({"completion", "tcsh"}).code, 2);
}

} // namespace
} // namespace hdp::testing
