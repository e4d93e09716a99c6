// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/configuration.hpp"

#include <string>

namespace CLI { // NOLINT(readability-identifier-naming): CLI11's name
class App;
}

namespace hdp::commands {

/// What the program is told to do by the first word of its command line, as in
/// `hailo-device-plugin config`. To add one: a file pair here with a class of this kind, and a line
/// in all().
class Command {
  public:
    Command() = default;
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    virtual ~Command() = default;

    [[nodiscard]] virtual std::string name() const = 0;

    /// One line for --help.
    [[nodiscard]] virtual std::string summary() const = 0;

    /// Whether --help leaves it out.
    [[nodiscard]] virtual bool isHidden() const { return false; }

    /// Adds flags of its own; those of the settings are there already. The app lives as long as the
    /// command, and has the whole command line as its parent.
    virtual void declare(CLI::App& /*app*/) {}

    /// Does it, and answers the exit code. The settings are not read yet, because some commands do
    /// without: config::load(). Throws std::invalid_argument with one sentence for bad usage.
    virtual int run(const config::Sources& sources) = 0;
};

} // namespace hdp::commands
