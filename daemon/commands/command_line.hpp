// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command.hpp"
#include "daemon/config/configuration.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hdp::commands {

/// All commands, in the order in which --help lists them. The first is the one that is meant when
/// none is named.
std::vector<std::unique_ptr<Command>> all();

/// What a command line asks for: a command with its sources of settings, or an exit code because
/// everything is said.
class CommandLine {
  public:
    /// The environment is "NAME=value" texts that end with a null pointer. Prints help, the
    /// version, or an error that names the flag.
    CommandLine(int argc, const char* const* argv, const char* const* environment);
    CommandLine(const CommandLine&) = delete;
    CommandLine(CommandLine&& other) noexcept;
    CommandLine& operator=(const CommandLine&) = delete;
    CommandLine& operator=(CommandLine&&) = delete;
    ~CommandLine();

    /// 0 after help and version, 2 after an error, nothing if there is something to run.
    [[nodiscard]] std::optional<int> exitCode() const { return exitCode_; }

    [[nodiscard]] const Command& command() const { return *command_; }

    [[nodiscard]] const config::Sources& sources() const { return sources_; }

    /// Runs the command unless everything is said, and answers the exit code: the command's, or 2
    /// after a sentence about bad usage.
    int run();

  private:
    void declare();
    void parse(int argc, const char* const* argv);
    [[nodiscard]] Command* commandCalled(const std::string& name) const; ///< one of all()

    config::Sources sources_;
    std::unique_ptr<CLI::App> app_; ///< commands may refer to it
    std::vector<std::unique_ptr<Command>> commands_ = all();
    Command* command_ = commands_.front().get();
    bool printsConfig_ = false;
    std::optional<int> exitCode_;
};

} // namespace hdp::commands
