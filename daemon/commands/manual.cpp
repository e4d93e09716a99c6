// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/manual.hpp"

#include "daemon/commands/grammar.hpp"
#include "daemon/commands/manual_text.hpp"

#include <fstream>
#include <iostream>
#include <stdexcept>

#include <CLI/CLI.hpp>

namespace hdp::commands {

void Manual::declare(CLI::App& app) {
    app_ = &app;
    app.add_option("page", page_, "The page with its gaps")->required();
}

int Manual::run(const config::Sources& /*sources*/) {
    std::ifstream page{page_};
    if (!page) {
        throw std::invalid_argument("cannot read " + page_);
    }
    const auto grammar = grammarOf(*app_->get_parent());
    for (std::string line; std::getline(page, line);) {
        if (line == "@COMMANDS@") {
            std::cout << commandsAsRoff(grammar);
        } else if (line == "@FLAGS@") {
            std::cout << flagsAsRoff(grammar);
        } else if (line == "@SETTINGS@") {
            std::cout << settingsAsRoff();
        } else {
            std::cout << line << "\n";
        }
    }
    return std::cout.flush().good() ? 0 : 1;
}

} // namespace hdp::commands
