// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/flags.hpp"

#include "daemon/config/settings.hpp"

#include <string_view>

#include <CLI/CLI.hpp>

namespace hdp::config {

namespace {

/// Takes all occurrences of a list, else the last one.
CLI::Option* addOption(CLI::App& app, const Setting& setting, Sources& sources) {
    const auto& flag = setting.words.flag;
    if (setting.oneText.separators.empty()) {
        return app
            .add_option_function<std::string>(
                flag, [&sources, flag](const std::string& text) { sources.flags[flag] = {text}; })
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
    return app
        .add_option_function<std::vector<std::string>>(
            flag, [&sources,
                   flag](const std::vector<std::string>& texts) { sources.flags[flag] = texts; })
        ->allow_extra_args(false);
}

void addFlag(CLI::App& app, const Setting& setting, Sources& sources) {
    const auto& words = setting.words;
    const auto byDefault = setting.summary(Options{});
    auto* option = addOption(app, setting, sources)
                       ->description(words.help + (byDefault.empty() ? "" : " [" + byDefault + "]"))
                       ->type_name(words.argument)
                       ->group(words.group);
    if (setting.oneText.mayBeEmpty) {
        option->expected(0, 1); // lets --dev-root= be empty
    }
}

} // namespace

void addFlags(CLI::App& app, Sources& sources) {
    app.add_option_function<std::string>(
           "--config",
           [&sources](const std::string& file) {
               sources.file = file;
               sources.isFileNamed = true;
           },
           "File with settings, in YAML [" + Sources{}.file.string() + ", if there is one]")
        ->type_name("FILE")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast)
        ->group("Configuration");
    for (const auto& setting : settings()) {
        addFlag(app, setting, sources);
    }
}

void readEnvironment(const char* const* environment, Sources& sources) {
    for (; *environment != nullptr; ++environment) {
        const std::string_view line{*environment};
        const auto equals = line.find('=');
        if (line.starts_with("HDP_") && equals != std::string_view::npos) {
            sources.environment.emplace(line.substr(0, equals), line.substr(equals + 1));
        }
    }
    const auto file = sources.environment.find("HDP_CONFIG");
    if (file != sources.environment.end() && !file->second.empty()) {
        sources.file = file->second;
        sources.isFileNamed = true;
    }
}

} // namespace hdp::config
