// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command.hpp"

#include <string>
#include <vector>

namespace hdp::commands {

/// Writes and judges CDI files, for podman and docker without Kubernetes.
class Cdi final : public Command {
  public:
    [[nodiscard]] std::string name() const override { return "cdi"; }

    [[nodiscard]] std::string summary() const override {
        return "Describe the chips to container runtimes, or check such descriptions";
    }

    void declare(CLI::App& app) override;

    /// 1 when there is no chip to describe, or a file is not valid.
    int run(const config::Sources& sources) override;

  private:
    [[nodiscard]] int generate(const config::Sources& sources) const;
    [[nodiscard]] int write(const std::string& json) const;
    [[nodiscard]] int validate() const;

    bool generates_ = false;
    std::string output_ = "-";
    std::vector<std::string> files_;
};

} // namespace hdp::commands
