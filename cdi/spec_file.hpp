// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hdp::cdi {

/// The name that CDI asks for: "vendor-class.json". Throws std::invalid_argument unless
/// isKind(kind).
std::string specFileName(std::string_view kind);

/// Owns one file in a CDI folder. Readers see the old content or the new one, never a part:
/// a temporary file in the same folder is renamed over the file, because the CDI cache of runtimes
/// notices only a rename within its folder (fsnotify Rename, Remove, Write; never Create).
/// Touches nothing but its file and its temporary ones, and follows no symbolic link.
/// Stateless about content: what is on disk is the truth. The first change removes the temporary
/// files that writers who died left behind, even when there is nothing to change.
class SpecFile {
  public:
    /// Throws std::invalid_argument when the file's name is empty or leads out of the folder.
    SpecFile(std::filesystem::path folder, std::string fileName);

    [[nodiscard]] std::filesystem::path path() const { return folder_ / fileName_; }

    /// What the file holds now; nothing when there is none or it is not a regular file.
    /// Throws std::system_error, named after the call, when it cannot be read or is larger than
    /// maxSpecBytes.
    [[nodiscard]] std::optional<std::string> read() const;

    // NOLINTBEGIN(modernize-use-nodiscard): most callers want the deed, not the answer.

    /// Makes the file hold the content, mode 0644, and the folder exist, mode 0755.
    /// Leaves a file that holds it already alone and then answers false.
    /// Does not wait for the disk, as TemporaryFile says.
    /// Throws std::system_error, named after the call and the path; the old file stays.
    bool write(std::string_view content);

    /// Removes the file; false when there was none. Throws std::system_error.
    bool remove();

    // NOLINTEND(modernize-use-nodiscard)

  private:
    void tidy();

    std::filesystem::path folder_;
    std::string fileName_;
    bool isTidy_ = false; ///< what the dead left behind is gone
};

} // namespace hdp::cdi
