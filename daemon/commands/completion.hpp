// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command.hpp"

#include <string>

namespace hdp::commands {

/// Prints what a shell needs to complete command lines of this program.
class Completion final : public Command {
  public:
    [[nodiscard]] std::string name() const override { return "completion"; }

    [[nodiscard]] std::string summary() const override { return "Print completions for a shell"; }

    void declare(CLI::App& app) override;

    int run(const config::Sources& sources) override;

  private:
    const CLI::App* app_ = nullptr;
    std::string shell_;
};

} // namespace hdp::commands
