// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/command_line.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {

/// A command line with a configuration file and an environment of its own.
class CommandLineTest : public ::testing::Test {
  protected:
    /// Parses the words behind the program's name and a file of settings, and keeps what is said.
    commands::CommandLine parse(std::vector<const char*> words) {
        writeFile(file, settings);
        words.insert(words.begin(), {"hailo-device-plugin", "--config", file.c_str()});
        environment.push_back(nullptr);
        ::testing::internal::CaptureStdout();
        ::testing::internal::CaptureStderr();
        commands::CommandLine line{static_cast<int>(words.size()), words.data(),
                                   environment.data()};
        keep();
        return line;
    }

    /// Runs a command that ends by itself.
    int run(const std::vector<const char*>& words) {
        auto line = parse(words);
        const auto said = output;
        const auto complained = complaint;
        ::testing::internal::CaptureStdout();
        ::testing::internal::CaptureStderr();
        const int code = line.run();
        keep();
        output.insert(0, said);
        complaint.insert(0, complained);
        return code;
    }

    /// The options of a command line that is good.
    Options optionsOf(const std::vector<const char*>& words) {
        const auto line = parse(words);
        EXPECT_EQ(line.exitCode(), std::nullopt) << complaint;
        EXPECT_EQ(output + complaint, "");
        return config::load(line.sources()).options;
    }

    /// What is said against a command line that is not.
    std::string refusalOf(std::vector<const char*> words) {
        words.push_back("--print-config");
        EXPECT_EQ(run(words), 2);
        EXPECT_EQ(output, "");
        return complaint;
    }

    TemporaryDirectory folder;
    std::filesystem::path file = folder.path() / "config.yaml";
    std::string settings;
    std::vector<const char*> environment;
    std::string output;
    std::string complaint;

  private:
    void keep() {
        output = ::testing::internal::GetCapturedStdout();
        complaint = ::testing::internal::GetCapturedStderr();
    }
};

} // namespace hdp::testing
