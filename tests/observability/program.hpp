// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace hdp::testing {

/// What an environment variable says that meson sets; fails the test if it does not.
std::string fromEnvironment(const std::string& name);

/// A program of somebody else as a child, in a process group of its own and without umockdev, which
/// it knows nothing of. What it writes goes to files in the folder. Destruction kills the group.
class Program {
  public:
    /// Throws std::system_error named after the call.
    Program(const std::vector<std::string>& arguments,
            const std::filesystem::path& folder,
            const std::filesystem::path& input = "/dev/null");
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    /// The exit code, or 128 + the signal; -1 if it runs after the patience of a minute.
    int wait();

    [[nodiscard]] std::string output() const;
    [[nodiscard]] std::string errors() const;

  private:
    std::filesystem::path folder_;
    pid_t pid_ = -1;
};

} // namespace hdp::testing
