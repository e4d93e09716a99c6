// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/manual_text.hpp"

#include "daemon/config/settings.hpp"
#include "daemon/options.hpp"

#include <algorithm>
#include <string_view>

namespace hdp::commands {

namespace {

/// Text as roff shows it: a hyphen that one may copy, and no request by accident.
std::string roff(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        if (letter == '-') {
            result += "\\-";
        } else if (letter == '\\') {
            result += "\\e";
        } else {
            result += letter;
        }
    }
    return result.starts_with('.') || result.starts_with('\'') ? "\\&" + result : result;
}

std::string flagAsRoff(const Flag& flag) {
    const auto argument = flag.argument.empty() ? "" : " \\fI" + roff(flag.argument) + "\\fR";
    return ".TP\n\\fB" + roff(flag.name) + "\\fR" + argument + "\n" + roff(flag.help) + "\n";
}

bool isHelp(const Flag& flag) {
    return flag.name == "--help";
}

void addCommand(const Grammar& command, const std::string& words, std::string& text) {
    const auto name = words.empty() ? command.name : words + " " + command.name;
    text += ".SS " + roff(name) + "\n" + roff(command.help) + ".\n";
    for (const auto& flag : command.flags) {
        text += isHelp(flag) ? "" : flagAsRoff(flag);
    }
    for (const auto& each : command.commands) {
        addCommand(each, name, text);
    }
}

std::string settingAsRoff(const config::Setting& setting) {
    const auto byDefault = setting.summary(Options{});
    return ".TP\n\\fB" + roff(setting.words.key) + "\\fR (\\fI" + roff(setting.words.argument) +
           "\\fR)\n" + roff(setting.words.help) +
           ".\n.br\nDefault: " + (byDefault.empty() ? "none" : roff(byDefault)) + ". Flag: \\fB" +
           roff(setting.words.flag) + "\\fR. Variable: \\fB" + roff(setting.variable()) + "\\fR." +
           (setting.isLive ? " Takes effect in a running daemon." : "") + "\n";
}

} // namespace

std::string commandsAsRoff(const Grammar& grammar) {
    std::string text;
    for (const auto& command : grammar.commands) {
        addCommand(command, "", text);
    }
    return text;
}

std::string flagsAsRoff(const Grammar& grammar) {
    std::vector<std::string> groups;
    for (const auto& flag : grammar.flags) {
        if (std::ranges::find(groups, flag.group) == groups.end()) {
            groups.push_back(flag.group);
        }
    }
    std::string text;
    for (const auto& group : groups) {
        text += ".SS " + roff(group == "Options" ? "General" : group) + "\n";
        for (const auto& flag : grammar.flags) {
            text += flag.group == group ? flagAsRoff(flag) : "";
        }
    }
    return text;
}

std::string settingsAsRoff() {
    std::string text;
    for (const auto& setting : config::settings()) {
        text += settingAsRoff(setting);
    }
    return text;
}

} // namespace hdp::commands
