// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command.hpp"

#include <string>

namespace hdp::commands {

/// Looks for all that keeps chips from pods, and says what mends it. Changes nothing.
class Doctor final : public Command {
  public:
    [[nodiscard]] std::string name() const override { return "doctor"; }

    [[nodiscard]] std::string summary() const override {
        return "Find out what keeps chips from pods; code 1 after warnings, 2 after errors";
    }

    void declare(CLI::App& app) override;

    /// 0 if all is well, 1 after warnings, 2 after errors.
    int run(const config::Sources& sources) override;

  private:
    bool asJson_ = false;
    std::string root_ = "/";
};

} // namespace hdp::commands
