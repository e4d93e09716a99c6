// SPDX-License-Identifier: Apache-2.0
// A configuration file. Its comments "#HDP_NAME=value" and "#--flag=value" are the environment and
// the flags beside it.
#include "daemon/config/configuration.hpp"

#include "tests/fuzz/fuzz.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace hdp::testing {

namespace {

using config::Configuration;
using config::Sources;

const std::filesystem::path& file() {
    static const TemporaryDirectory folder;
    static const auto path = folder.path() / "config.yaml";
    return path;
}

std::pair<std::string, std::string> assignment(std::string_view text) {
    const auto sign = std::min(text.find('='), text.size());
    return {std::string{text.substr(0, sign)},
            std::string{text.substr(std::min(sign + 1, text.size()))}};
}

/// What no process can be given is left out.
Sources sourcesIn(std::string_view text) {
    Sources sources{.file = file(), .isFileNamed = true};
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find('\0') != std::string_view::npos) {
            continue;
        }
        if (line.starts_with("#HDP_")) {
            sources.environment.insert(assignment(line.substr(1)));
        } else if (line.starts_with("#--")) {
            auto [flag, value] = assignment(line.substr(1));
            sources.flags[flag].push_back(std::move(value));
        }
    }
    return sources;
}

std::optional<Configuration> loaded(const Sources& sources) {
    try {
        return config::load(sources);
    } catch (const std::invalid_argument& error) {
        requireSentence(error.what());
        return std::nullopt;
    }
}

/// What is printed says the same again.
void requirePrinted(const Configuration& configuration) {
    const auto text = config::printed(configuration);
    writeFile(file(), text);
    try {
        const auto again = config::load({.file = file(), .isFileNamed = true});
        const auto differences = config::differences(again.options, configuration.options);
        require(differences.empty(), "what is printed means the same", text);
    } catch (const std::invalid_argument& error) {
        require(false, "what is printed can be read", text + error.what());
    }
}

} // namespace

void tryOut(std::string_view input) {
    writeFile(file(), input);
    const auto sources = sourcesIn(input);
    const auto configuration = loaded(sources);
    if (!configuration) {
        return;
    }
    for (const auto& warning : configuration->warnings) {
        requireSentence(warning);
    }
    require(config::differences(configuration->options, configuration->options).empty(),
            "nothing differs from itself");
    const auto again = loaded(sources);
    require(again && config::differences(again->options, configuration->options).empty(),
            "the same sources say the same");
    requirePrinted(*configuration);
}

} // namespace hdp::testing
