// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/grammar.hpp"

#include <algorithm>
#include <sstream>

#include <CLI/CLI.hpp>

namespace hdp::commands {

namespace {

std::vector<std::string> choicesIn(const std::string& argument) {
    std::vector<std::string> choices;
    std::istringstream stream{argument};
    for (std::string choice; std::getline(stream, choice, '|');) {
        choices.push_back(choice);
    }
    return choices;
}

Flag::Takes takenBy(const std::string& argument) {
    if (argument == "FILE" || argument == "PATH") {
        return Flag::Takes::File;
    }
    if (argument == "FOLDER") {
        return Flag::Takes::Folder;
    }
    const bool isChoice = argument.find('|') != std::string::npos &&
                          argument.find_first_of("[:=") == std::string::npos;
    return isChoice ? Flag::Takes::Choice : Flag::Takes::Text;
}

Flag flagOf(const CLI::Option& option) {
    Flag flag{.name = "--" + option.get_lnames().front(),
              .help = option.get_description(),
              .group = option.get_group()};
    if (option.get_items_expected_max() > 0) {
        flag.argument = option.get_type_name();
        flag.takes = takenBy(flag.argument);
    }
    if (flag.takes == Flag::Takes::Choice) {
        flag.choices = choicesIn(flag.argument);
    }
    return flag;
}

} // namespace

Grammar grammarOf(const CLI::App& app) {
    Grammar grammar{
        .name = app.get_name(), .help = app.get_description(), .flags = {}, .commands = {}};
    for (const auto* option : app.get_options()) {
        if (option->nonpositional() && !option->get_lnames().empty()) {
            grammar.flags.push_back(flagOf(*option));
        }
        grammar.takesFiles = grammar.takesFiles || option->get_positional();
    }
    const auto isShown = [](const CLI::App* command) { return !command->get_group().empty(); };
    for (const auto* command : app.get_subcommands(isShown)) {
        grammar.commands.push_back(grammarOf(*command));
    }
    return grammar;
}

} // namespace hdp::commands
