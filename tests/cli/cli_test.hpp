// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temporary_directory.hpp"
#include "tests/support/testbed.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {

/// How a run of the program ended, and what it wrote.
struct Outcome {
    int code = -1; ///< or 128 + the signal that ended it
    std::string output;
    std::string complaint;
};

/// The real binary, named by HDP_DAEMON, on fake hardware and folders of its own.
class CliTest : public ::testing::Test {
  protected:
    CliTest();

    /// Runs it to its end with these words, and flags that keep it in folder, as the user that runs
    /// the test and in an environment of these variables and those that umockdev needs.
    [[nodiscard]] Outcome run(const std::vector<std::string>& words,
                              const std::vector<std::string>& environment = {}) const;

    /// The same without any privilege: as nobody, if root runs the test.
    [[nodiscard]] Outcome runAsNobody(const std::vector<std::string>& words) const;

    /// Those flags.
    [[nodiscard]] std::vector<std::string> places() const;

    /// Every file in folder and how it was changed last, to see that nothing was touched.
    [[nodiscard]] std::string traces() const;

    Testbed hardware;
    TemporaryDirectory folder;

  private:
    [[nodiscard]] Outcome start(std::vector<std::string> command,
                                std::vector<std::string> environment) const;

    TemporaryDirectory outputs_;
};

} // namespace hdp::testing
