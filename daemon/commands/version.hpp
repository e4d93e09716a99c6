// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command.hpp"

namespace hdp::commands {

/// Prints the program's name and version.
class Version final : public Command {
  public:
    /// "hailo-device-plugin 1.2.3".
    static std::string text();

    [[nodiscard]] std::string name() const override { return "version"; }

    [[nodiscard]] std::string summary() const override { return "Print the version"; }

    int run(const config::Sources& sources) override;
};

} // namespace hdp::commands
