// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace hdp::testing {

/// A fresh folder below the system's temporary folder, removed with all content on destruction.
class TemporaryDirectory {
  public:
    /// Throws std::system_error named mkdtemp.
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory(TemporaryDirectory&&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(TemporaryDirectory&&) = delete;
    ~TemporaryDirectory();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

} // namespace hdp::testing
