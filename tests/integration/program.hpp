// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace hdp::testing {

/// A program that runs until it is killed or ends; its output goes to a file. Destruction kills it.
class Program {
  public:
    /// Throws std::system_error named posix_spawnp.
    Program(const std::vector<std::string>& command, std::filesystem::path output);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    void signal(int number) const;

    /// Waits for its end; the exit code, or 128 + the signal.
    int wait();

    /// What it has written so far.
    [[nodiscard]] std::string output() const;

  private:
    std::filesystem::path output_;
    pid_t pid_ = -1;
};

/// What a program that ends wrote to standard output and error, and its exit code.
struct Outcome {
    int code = -1;
    std::string output;
};

Outcome run(const std::vector<std::string>& command);

} // namespace hdp::testing
