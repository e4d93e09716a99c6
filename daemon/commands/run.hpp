// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command.hpp"

namespace hdp::commands {

/// Runs the daemon until it is told to stop.
class Run final : public Command {
  public:
    [[nodiscard]] std::string name() const override { return "run"; }

    [[nodiscard]] std::string summary() const override {
        return "Run the daemon; what happens when no command is named";
    }

    int run(const config::Sources& sources) override;
};

} // namespace hdp::commands
