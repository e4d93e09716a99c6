// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command.hpp"

#include <string>

namespace hdp::commands {

/// Completes a manual page when the program is built: takes a page with gaps, and fills in what the
/// program knows of itself. Not for users.
class Manual final : public Command {
  public:
    [[nodiscard]] std::string name() const override { return "manual"; }

    [[nodiscard]] std::string summary() const override { return "Complete a manual page"; }

    [[nodiscard]] bool isHidden() const override { return true; }

    void declare(CLI::App& app) override;

    int run(const config::Sources& sources) override;

  private:
    const CLI::App* app_ = nullptr;
    std::string page_;
};

} // namespace hdp::commands
