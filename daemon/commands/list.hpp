// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command.hpp"
#include "daemon/view/host_view.hpp"

#include <boost/asio/signal_set.hpp>

#include <string>

namespace hdp::commands {

/// Prints the chips of this machine as the daemon would see them, with or without one.
class List final : public Command {
  public:
    [[nodiscard]] std::string name() const override { return "list"; }

    [[nodiscard]] std::string summary() const override {
        return "List the chips with driver, link, health, resource and the pod that holds each";
    }

    void declare(CLI::App& app) override;

    int run(const config::Sources& sources) override;

  private:
    void print(const HostView& view, boost::asio::signal_set& signals) const;
    [[nodiscard]] std::string textOf(const HostView& view) const;

    bool asJson_ = false;
    bool watches_ = false;
};

} // namespace hdp::commands
