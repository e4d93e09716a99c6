// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec_file.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace hdp::testing {

inline void put(const std::filesystem::path& path, std::string_view content) {
    std::ofstream(path, std::ios::binary) << content;
}

inline std::string get(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder of this test's own.
class TemporaryFolder {
  public:
    TemporaryFolder()
        : path_(std::filesystem::path(::testing::TempDir()) / "spec_file_test.XXXXXX") {
        if (::mkdtemp(path_.data()) == nullptr) {
            throw std::system_error(errno, std::generic_category(), path_);
        }
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder(TemporaryFolder&&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;

    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::filesystem::path path() const { return path_; }

  private:
    std::string path_;
};

class SpecFileTest : public ::testing::Test {
  protected:
    [[nodiscard]] cdi::SpecFile file() const { return {folder_, "hailo.ai-device.json"}; }

    [[nodiscard]] std::vector<std::string> names() const {
        std::set<std::string> sorted;
        for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
            sorted.insert(entry.path().filename());
        }
        return {sorted.begin(), sorted.end()};
    }

    /// What the action throws: "call path: cause".
    static std::string failureOf(const std::function<void()>& action) {
        try {
            action();
        } catch (const std::system_error& error) {
            return error.what();
        }
        return "no failure";
    }

    static bool isRefused(const std::function<void()>& action) {
        try {
            action();
        } catch (const std::invalid_argument&) {
            return true;
        }
        return false;
    }

    TemporaryFolder temporary_;
    std::filesystem::path folder_ = temporary_.path();
};

} // namespace hdp::testing
