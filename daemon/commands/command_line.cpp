// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/command_line.hpp"

#include "daemon/commands/cdi.hpp"
#include "daemon/commands/completion.hpp"
#include "daemon/commands/doctor.hpp"
#include "daemon/commands/list.hpp"
#include "daemon/commands/manual.hpp"
#include "daemon/commands/run.hpp"
#include "daemon/commands/show_config.hpp"
#include "daemon/commands/version.hpp"
#include "daemon/config/flags.hpp"

#include <algorithm>
#include <iostream>
#include <stdexcept>

#include <CLI/CLI.hpp>

namespace hdp::commands {

namespace {

constexpr int usageError = 2;

constexpr auto footer =
    "Each flag has a line in the file and an environment variable: --log-level is level: in the\n"
    "section log:, and HDP_LOG_LEVEL. Flags win over variables, and both over the file.\n"
    "`hailo-device-plugin config` prints what is in force, and where it comes from.";

} // namespace

std::vector<std::unique_ptr<Command>> all() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(std::make_unique<Run>());
    commands.push_back(std::make_unique<List>());
    commands.push_back(std::make_unique<Doctor>());
    commands.push_back(std::make_unique<Cdi>());
    commands.push_back(std::make_unique<ShowConfig>());
    commands.push_back(std::make_unique<Version>());
    commands.push_back(std::make_unique<Completion>());
    commands.push_back(std::make_unique<Manual>());
    return commands;
}

CommandLine::CommandLine(int argc, const char* const* argv, const char* const* environment)
    : app_(std::make_unique<CLI::App>(
          "Makes the Hailo AI accelerators of this machine usable by containers.",
          "hailo-device-plugin")) {
    config::readEnvironment(environment, sources_);
    declare();
    parse(argc, argv);
}

CommandLine::CommandLine(CommandLine&& other) noexcept = default;
CommandLine::~CommandLine() = default;

void CommandLine::declare() {
    app_->set_version_flag("--version", Version::text());
    app_->footer(footer);
    app_->require_subcommand(0, 1);
    config::addFlags(*app_, sources_);
    app_->add_flag("--print-config", printsConfig_, "The same as the command config")
        ->group("Configuration");
    for (const auto& command : commands_) {
        auto* word = app_->add_subcommand(command->name(), command->summary());
        word->fallthrough();
        word->callback([this, &command] { command_ = command.get(); });
        word->footer("The flags of `hailo-device-plugin --help` may follow too.");
        if (command->isHidden()) {
            word->group("");
        }
        command->declare(*word);
    }
}

void CommandLine::parse(int argc, const char* const* argv) {
    try {
        app_->parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        exitCode_ = app_->exit(error) == 0 ? 0 : usageError;
    }
    if (printsConfig_) {
        command_ = commandCalled(ShowConfig{}.name());
    }
}

Command* CommandLine::commandCalled(const std::string& name) const {
    return std::ranges::find(commands_, name, [](const auto& each) { return each->name(); })->get();
}

int CommandLine::run() {
    if (exitCode_) {
        return *exitCode_;
    }
    try {
        return command_->run(sources_);
    } catch (const std::invalid_argument& error) {
        std::cerr << "hailo-device-plugin: " << error.what() << "\n";
        return usageError;
    }
}

} // namespace hdp::commands
