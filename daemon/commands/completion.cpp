// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/completion.hpp"

#include "daemon/commands/completion_text.hpp"
#include "daemon/commands/grammar.hpp"

#include <iostream>

#include <CLI/CLI.hpp>

namespace hdp::commands {

void Completion::declare(CLI::App& app) {
    app_ = &app;
    for (const char* shell : {"bash", "zsh", "fish"}) {
        app.add_subcommand(shell, std::string{"For "} + shell)->callback([this, shell] {
            shell_ = shell;
        });
    }
    app.require_subcommand(1);
}

int Completion::run(const config::Sources& /*sources*/) {
    const auto grammar = grammarOf(*app_->get_parent());
    if (shell_ == "bash") {
        std::cout << forBash(grammar);
    } else {
        std::cout << (shell_ == "zsh" ? forZsh(grammar) : forFish(grammar));
    }
    return std::cout.flush().good() ? 0 : 1;
}

} // namespace hdp::commands
