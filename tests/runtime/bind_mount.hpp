// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace hdp::testing {

/// One folder seen in the place of another, with all that is mounted below it, until destruction.
class BindMount {
  public:
    /// Throws std::system_error named mount.
    BindMount(const std::filesystem::path& source, std::filesystem::path target);
    BindMount(const BindMount&) = delete;
    BindMount(BindMount&&) = delete;
    BindMount& operator=(const BindMount&) = delete;
    BindMount& operator=(BindMount&&) = delete;
    ~BindMount();

  private:
    std::filesystem::path target_;
};

} // namespace hdp::testing
