// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/program.hpp"

#include <csignal>
#include <filesystem>
#include <optional>
#include <string>

namespace hdp::testing {

/// A system bus of one's own: a real dbus-daemon with the policy file of this project. As long as
/// it exists, $DBUS_SYSTEM_BUS_ADDRESS leads every process that is started to it. It does not run
/// before start().
class PrivateBus {
  public:
    /// Whether it has our policy, or one under which everybody may do everything.
    enum class Policy { Ours, Everything, Nothing };

    explicit PrivateBus(std::filesystem::path folder, Policy policy = Policy::Ours);
    PrivateBus(const PrivateBus&) = delete;
    PrivateBus& operator=(const PrivateBus&) = delete;
    ~PrivateBus();

    /// Returns when it accepts connections.
    void start();

    /// Ends it like a crash; its socket stays behind.
    void kill();

    /// Makes it hang, and go on.
    void hang() const { program_->signal(SIGSTOP); }

    void goOn() const { program_->signal(SIGCONT); }

    [[nodiscard]] std::string address() const;

    /// Whether anybody has that name on the bus.
    [[nodiscard]] bool hasOwner(const std::string& name) const;

  private:
    [[nodiscard]] std::filesystem::path socket() const;
    void writeConfiguration(Policy policy) const;

    std::filesystem::path folder_;
    std::optional<Program> program_;
};

} // namespace hdp::testing
