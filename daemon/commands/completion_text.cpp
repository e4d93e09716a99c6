// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/completion_text.hpp"

#include <string_view>

namespace hdp::commands {

namespace {

constexpr auto bashStart = R"(# Completions of hailo-device-plugin for bash.
_hailo_device_plugin() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} path= words= word
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    case $previous in
)";

constexpr auto bashMiddle = R"(    esac
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $path/$word in
)";

constexpr auto bashEnd = R"(    esac
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _hailo_device_plugin hailo-device-plugin
)";

/// In single quotes for a shell.
std::string quoted(std::string_view text) {
    std::string result = "'";
    for (const char letter : text) {
        result += letter == '\'' ? std::string{"'\\''"} : std::string{letter};
    }
    return result + "'";
}

std::string escaped(std::string_view text, std::string_view special) {
    std::string result;
    for (const char letter : text) {
        result += special.find(letter) == std::string_view::npos ? "" : "\\";
        result += letter;
    }
    return result;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

/// The arguments of compgen for what a flag takes.
std::string bashSource(const Flag& flag) {
    switch (flag.takes) {
    case Flag::Takes::Choice:
        return "-W " + quoted(joined(flag.choices));
    case Flag::Takes::File:
        return "-f";
    case Flag::Takes::Folder:
        return "-d";
    default:
        return "-W ''";
    }
}

/// Calls the function for each grammar below one, with the path of words to it: "/cdi/generate".
template <class Visit>
void walk(const Grammar& grammar, const std::string& path, Visit visit) {
    for (const auto& command : grammar.commands) {
        visit(command, path + "/" + command.name);
        walk(command, path + "/" + command.name, visit);
    }
}

void addBashArguments(const Grammar& grammar, std::string& text) {
    for (const auto& flag : grammar.flags) {
        if (flag.takes != Flag::Takes::Nothing) {
            text += "        " + flag.name + ") mapfile -t COMPREPLY < <(compgen " +
                    bashSource(flag) + " -- \"$current\"); return ;;\n";
        }
    }
}

std::string bashWords(const Grammar& grammar) {
    std::vector<std::string> words;
    for (const auto& command : grammar.commands) {
        words.push_back(command.name);
    }
    for (const auto& flag : grammar.flags) {
        words.push_back(flag.name);
    }
    return joined(words);
}

std::string bashCase(const Grammar& grammar, const std::string& path) {
    const std::string files =
        grammar.takesFiles ? "; mapfile -t COMPREPLY < <(compgen -f -- \"$current\")" : "";
    return "        " + quoted(path) + ") words+=" + quoted(" " + bashWords(grammar)) + files +
           " ;;\n";
}

/// One specification of _arguments: '--flag=[help]:ARGUMENT:(choices)'.
std::string zshFlag(const Flag& flag) {
    const auto help = "[" + escaped(flag.help, "[]\\:") + "]";
    std::string text = "*" + flag.name;
    if (flag.takes == Flag::Takes::Nothing) {
        return quoted(text + help);
    }
    text += "=" + help + ":" + escaped(flag.argument, "[]\\:") + ":";
    if (flag.takes == Flag::Takes::Choice) {
        text += "(" + joined(flag.choices) + ")";
    } else if (flag.takes == Flag::Takes::File) {
        text += "_files";
    } else if (flag.takes == Flag::Takes::Folder) {
        text += "_files -/";
    }
    return quoted(text);
}

std::string zshFlags(const Grammar& grammar) {
    std::string text;
    for (const auto& flag : grammar.flags) {
        text += " \\\n        " + zshFlag(flag);
    }
    return text;
}

std::string zshName(const std::string& path) {
    auto name = "_hailo_device_plugin" + path;
    for (auto& letter : name) {
        letter = letter == '/' || letter == '-' ? '_' : letter;
    }
    return name;
}

std::string zshCommands(const Grammar& grammar) {
    std::string list;
    for (const auto& command : grammar.commands) {
        list += " " + command.name + "\\:" + quoted(escaped(command.help, ":\\()[]"));
    }
    return list.empty()
               ? ""
               : " \\\n        \"1:command:((" + list.substr(1) + "))\" '*::argument:->argument'";
}

std::string zshFunction(const Grammar& part, const std::string& path, const Grammar& top) {
    std::string text = zshName(path) + "() {\n    local state line\n    local -A opt_args\n" +
                       "    _arguments -C" + zshFlags(top);
    text += path.empty() ? "" : zshFlags(part);
    text += zshCommands(part);
    text += part.takesFiles ? " \\\n        '*:file:_files'" : "";
    text += "\n";
    if (!part.commands.empty()) {
        text += "    case $state/$words[1] in\n";
        for (const auto& each : part.commands) {
            text +=
                "        argument/" + each.name + ") " + zshName(path + "/" + each.name) + " ;;\n";
        }
        text += "    esac\n";
    }
    return text + "}\n";
}

std::string fishFlag(const Flag& flag, const std::string& condition) {
    auto text = "complete -c hailo-device-plugin" + condition + " -l " + flag.name.substr(2) +
                " -d " + quoted(escaped(flag.help, "\\"));
    switch (flag.takes) {
    case Flag::Takes::Nothing:
        return text + "\n";
    case Flag::Takes::Choice:
        return text + " -x -a " + quoted(joined(flag.choices)) + "\n";
    case Flag::Takes::File:
        return text + " -r -F\n";
    case Flag::Takes::Folder:
        return text + " -x -a '(__fish_complete_directories)'\n";
    case Flag::Takes::Text:
        break;
    }
    return text + " -x\n";
}

std::string fishCommands(const Grammar& grammar, const std::string& condition) {
    std::string text;
    for (const auto& command : grammar.commands) {
        text += "complete -c hailo-device-plugin -n " + quoted(condition) + " -a " + command.name +
                " -d " + quoted(escaped(command.help, "\\")) + "\n";
    }
    return text;
}

} // namespace

std::string forBash(const Grammar& grammar) {
    std::string text = bashStart;
    addBashArguments(grammar, text);
    walk(grammar, "",
         [&text](const Grammar& each, const std::string&) { addBashArguments(each, text); });
    text += bashMiddle;
    walk(grammar, "", [&text](const Grammar&, const std::string& path) {
        text += "            " + quoted(path) + ") path=" + quoted(path) + " ;;\n";
    });
    Grammar top = grammar;
    top.commands.clear();
    text += "        esac\n    done\n    words=" + quoted(bashWords(top)) + "\n    case $path in\n";
    text += bashCase(grammar, "");
    walk(grammar, "",
         [&text](const Grammar& each, const std::string& path) { text += bashCase(each, path); });
    return text + bashEnd;
}

std::string forZsh(const Grammar& grammar) {
    std::string text =
        "#compdef hailo-device-plugin\n# Completions of hailo-device-plugin for zsh.\n";
    text += zshFunction(grammar, "", grammar);
    walk(grammar, "", [&text, &grammar](const Grammar& each, const std::string& path) {
        text += zshFunction(each, path, grammar);
    });
    return text + "_hailo_device_plugin \"$@\"\n";
}

std::string forFish(const Grammar& grammar) {
    std::string text =
        "# Completions of hailo-device-plugin for fish.\ncomplete -c hailo-device-plugin -f\n";
    for (const auto& flag : grammar.flags) {
        text += fishFlag(flag, "");
    }
    text += fishCommands(grammar, "__fish_use_subcommand");
    walk(grammar, "", [&text](const Grammar& each, const std::string&) {
        const auto condition = "__fish_seen_subcommand_from " + each.name;
        text += fishCommands(each, condition);
        for (const auto& flag : each.flags) {
            text += fishFlag(flag, " -n " + quoted(condition));
        }
        text += each.takesFiles
                    ? "complete -c hailo-device-plugin -n " + quoted(condition) + " -F\n"
                    : "";
    });
    return text;
}

} // namespace hdp::commands
