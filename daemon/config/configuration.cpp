// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/configuration.hpp"

#include "cdi/text.hpp"
#include "daemon/config/document.hpp"
#include "daemon/config/file_text.hpp"
#include "daemon/config/model_source.hpp"
#include "daemon/config/nearest.hpp"
#include "daemon/config/sections.hpp"
#include "daemon/config/settings.hpp"
#include "daemon/config/socket_room.hpp"
#include "daemon/config/yaml_text.hpp"

#include <algorithm>
#include <stdexcept>

namespace hdp::config {

namespace {

constexpr auto fileVariable = "HDP_CONFIG";

std::string at(const Sources& sources, std::size_t line) {
    return sources.file.string() + ":" + std::to_string(line);
}

void applyFile(const Sources& sources, Configuration& configuration) {
    configuration.fileText = readFileText(sources.file);
    if (!configuration.fileText) {
        if (sources.isFileNamed) {
            throw std::invalid_argument(sources.file.string() + ": there is no such file");
        }
        return;
    }
    try {
        const auto document = parseDocument(*configuration.fileText);
        for (const auto& [key, line] : readDocument(document, configuration.options)) {
            configuration.origins[key] = at(sources, line);
        }
    } catch (const Refusal& refusal) {
        throw std::invalid_argument(at(sources, refusal.line()) + ": " +
                                    (refusal.key().empty() ? "" : refusal.key() + ": ") +
                                    refusal.what());
    }
}

/// Sets what one flag or variable says.
void apply(const Setting& setting,
           const std::vector<std::string>& texts,
           const std::string& origin,
           Configuration& configuration) {
    try {
        for (const auto& text : texts) {
            if (!cdi::isText(text)) {
                throw std::invalid_argument(cdi::inQuotes(text) + " is not UTF-8");
            }
        }
        setting.read(setting.valueOf(texts), configuration.options);
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument(origin + ": " + error.what());
    }
    configuration.origins[setting.words.key] = origin;
}

void warnOfUnknown(const Sources& sources, Configuration& configuration) {
    std::vector<std::string> known{fileVariable};
    std::ranges::transform(settings(), std::back_inserter(known), &Setting::variable);
    for (const auto& [name, text] : sources.environment) {
        if (std::ranges::find(known, name) == known.end()) {
            configuration.warnings.push_back("the environment variable " + cdi::printable(name) +
                                             " sets nothing" + suggestion(name, known));
        }
    }
}

void applyEnvironment(const Sources& sources, Configuration& configuration) {
    for (const auto& setting : settings()) {
        const auto found = sources.environment.find(setting.variable());
        if (found == sources.environment.end() ||
            (found->second.empty() && !setting.oneText.mayBeEmpty)) {
            continue;
        }
        apply(setting, {found->second}, found->first, configuration);
    }
    warnOfUnknown(sources, configuration);
}

void applyFlags(const Sources& sources, Configuration& configuration) {
    for (const auto& setting : settings()) {
        const auto found = sources.flags.find(setting.words.flag);
        if (found != sources.flags.end()) {
            apply(setting, found->second, found->first, configuration);
        }
    }
}

void check(const Configuration& configuration) {
    try {
        checkSocketRoom(configuration.options);
        checkModelSource(configuration.options);
    } catch (const Refusal& refusal) {
        const auto& origin = configuration.origins.at(refusal.key());
        throw std::invalid_argument(origin + ": " + refusal.key() + ": " + refusal.what());
    }
}

} // namespace

Configuration load(const Sources& sources) {
    Configuration configuration;
    for (const auto& setting : settings()) {
        configuration.origins[setting.words.key] = "default";
    }
    try {
        applyFile(sources, configuration);
        applyEnvironment(sources, configuration);
        applyFlags(sources, configuration);
        check(configuration);
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument(oneLine(error.what()));
    }
    return configuration;
}

std::vector<const Setting*> differences(const Options& left, const Options& right) {
    std::vector<const Setting*> changed;
    for (const auto& setting : settings()) {
        if (!(setting.write(left) == setting.write(right))) {
            changed.push_back(&setting);
        }
    }
    return changed;
}

std::string printed(const Configuration& configuration) {
    constexpr std::size_t indentation = 2;
    std::string text;
    std::string section;
    for (const auto& setting : settings()) {
        const auto& key = setting.words.key;
        const auto dot = key.find('.');
        const auto own = dot == std::string::npos ? std::string{} : key.substr(0, dot);
        if (own != section && !own.empty()) {
            text += own + ":\n";
        }
        section = own;
        text +=
            yamlLines(setting.write(configuration.options), own.empty() ? key : key.substr(dot + 1),
                      configuration.origins.at(key), own.empty() ? 0 : indentation);
    }
    return text;
}

} // namespace hdp::config
