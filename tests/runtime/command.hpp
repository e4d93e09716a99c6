// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace hdp::testing {

/// What a program did.
struct Outcome {
    int exitCode = -1; ///< or 128 + the signal that ended it
    std::string output;
    std::string errors;
};

/// A program as a child process that knows nothing of umockdev: it sees what is mounted. What it
/// writes is kept in memory. Destruction kills it.
class Command {
  public:
    /// Throws std::system_error, named after the call, when it cannot be started.
    explicit Command(const std::vector<std::string>& words);
    Command(const Command&) = delete;
    Command(Command&&) = delete;
    Command& operator=(const Command&) = delete;
    Command& operator=(Command&&) = delete;
    ~Command();

    /// Writes to its standard input.
    void tell(const std::string& text) const;

    /// Ends its standard input, and waits for it to end.
    Outcome finish();

    /// What it has written so far.
    [[nodiscard]] std::string output() const;

  private:
    void closeInput();

    pid_t pid_ = -1;
    int input_ = -1;
    int output_ = -1;
    int errors_ = -1;
};

/// Runs a program to its end, with an empty standard input.
Outcome run(const std::vector<std::string>& words);

} // namespace hdp::testing
