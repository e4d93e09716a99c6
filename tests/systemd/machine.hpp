// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/runtime/command.hpp"
#include "tests/support/temporary_directory.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {

/// A machine with a real systemd as its first process, which has this one's files and on top of
/// them what the folder holds. What it changes is its own, and gone with it. Needs
/// tests/systemd/in_own_machine.
class Machine {
  public:
    /// Boots it; the options are systemd-nspawn's. Throws std::runtime_error with what the console
    /// said if it does not come up.
    explicit Machine(const std::filesystem::path& files,
                     const std::vector<std::string>& options = {});
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    /// Shuts it down. A boot_machine that is killed instead would leave its mounts behind.
    ~Machine();

    /// Runs a program in it to its end.
    [[nodiscard]] Outcome run(const std::vector<std::string>& words) const;

    /// The same with a shell; what it wrote, without the last line break.
    [[nodiscard]] std::string sh(const std::string& script) const;

    /// Starts one that runs until it is finished or the result is destroyed.
    [[nodiscard]] std::unique_ptr<Command> start(const std::vector<std::string>& words) const;

    /// Puts a file into it.
    void write(const std::string& path, std::string_view content) const;

    /// Whether the script comes to succeed.
    [[nodiscard]] bool comesTo(const std::string& script) const;

  private:
    [[nodiscard]] std::vector<std::string> inside(const std::vector<std::string>& words) const;

    TemporaryDirectory folder_;
    Command boot_;
    std::string leader_;
};

} // namespace hdp::testing
