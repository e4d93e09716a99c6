// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command.hpp"

namespace hdp::commands {

/// Prints the effective settings as a configuration file, with the origin of each.
class ShowConfig final : public Command {
  public:
    [[nodiscard]] std::string name() const override { return "config"; }

    [[nodiscard]] std::string summary() const override {
        return "Print the settings in force as a file, and where each comes from";
    }

    int run(const config::Sources& sources) override;
};

} // namespace hdp::commands
