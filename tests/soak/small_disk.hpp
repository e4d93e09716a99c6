// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>

namespace hdp::testing {

/// A file system of 64 KiB in memory, which can be filled to the brim. Needs the right to mount.
/// Destruction unmounts it.
class SmallDisk {
  public:
    /// Makes the folder. Throws std::system_error named mount.
    explicit SmallDisk(std::filesystem::path folder);
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk();

    [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

    /// Leaves so many bytes free, at least; the rest of a page of 4 KiB is lost.
    void fill(std::size_t spare) const;
    void free() const;

  private:
    [[nodiscard]] std::filesystem::path filler() const { return folder_ / "filler"; }

    std::filesystem::path folder_;
};

} // namespace hdp::testing
