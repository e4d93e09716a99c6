// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/settings.hpp"
#include "tests/daemon/config/config_test.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

std::string documentation() {
    const char* root = std::getenv("HDP_SOURCE_ROOT"); // NOLINT(concurrency-mt-unsafe)
    std::ifstream file{std::filesystem::path{root == nullptr ? "." : root} /
                       "docs/configuration.md"};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// What stands between two texts; empty if one of them is missing.
std::string between(const std::string& text, const std::string& begin, const std::string& end) {
    const auto from = text.find(begin);
    const auto to = text.find(end, from == std::string::npos ? 0 : from);
    return from == std::string::npos || to == std::string::npos
               ? std::string{}
               : text.substr(from + begin.size(), to - from - begin.size());
}

std::string inCode(const std::string& text) {
    return text.empty() ? text : "`" + text + "`";
}

/// A bar would end the table's cell.
std::string cell(std::string text) {
    for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) {
        text.insert(at, "\\");
    }
    return text;
}

std::string tableOfSettings() {
    std::string table = "\n| in the file | flag | variable | default | live | what it is |\n"
                        "|---|---|---|---|---|---|\n";
    for (const auto& setting : config::settings()) {
        const auto& words = setting.words;
        table += "| `" + words.key + "` | `" + words.flag + " " + cell(words.argument) + "`" +
                 (setting.oneText.mayBeEmpty ? " or empty" : "") + " | `" + setting.variable() +
                 "` | " + inCode(setting.summary(Options{})) + " | " +
                 (setting.isLive ? "yes" : "") + " | " + words.help + " |\n";
    }
    return table;
}

/// The examples that begin with the name of a file.
std::vector<std::string> examples() {
    std::vector<std::string> found;
    auto text = documentation();
    const std::string begin = "```yaml\n# file: ";
    for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin)) {
        text.erase(0, at);
        found.push_back(between(text, "```yaml\n", "```\n"));
        text.erase(0, begin.size());
    }
    return found;
}

using TheDocumentation = ConfigTest;

TEST_F(TheDocumentation, ListsAllSettingsAsTheyAre) {
    EXPECT_EQ(between(documentation(), "<!-- settings -->", "<!-- /settings -->"),
              tableOfSettings())
        << "put this into docs/configuration.md:\n"
        << tableOfSettings();
}

TEST_F(TheDocumentation, HasExamplesThatWork) {
    const auto all = examples();
    EXPECT_EQ(all.size(), 8U);
    for (const auto& example : all) {
        EXPECT_EQ(refusalOf(example), "") << example;
        EXPECT_FALSE(config::differences(options(), Options{}).empty()) << example;
    }
}

TEST_F(TheDocumentation, ShowsWhatIsReallySaid) {
    write("# one\nlog:\n  levl: debug\n");
    auto sentence = refusal();
    sentence.erase(0, sentence.rfind('/') + 1);
    sentence.replace(0, std::string{"config.yaml"}.size(), "new.yaml");

    EXPECT_NE(documentation().find("hailo-device-plugin: " + sentence + "\n"), std::string::npos)
        << sentence;
}

} // namespace
} // namespace hdp::testing
