// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/descriptor.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace hdp::cdi {

/// The coming content of a file, in the file's folder as ".<name>.XXXXXX.tmp", which no CDI reader
/// takes for a spec. Gone with the object unless it was renamed. It is locked (flock) as long as
/// the object lives, so that others can tell it from one whose writer died. Members throw
/// std::system_error, named after the call and the path.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::filesystem::path target);
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile(TemporaryFile&&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    TemporaryFile& operator=(TemporaryFile&&) = delete;
    ~TemporaryFile();

    /// Writes all of it, mode 0644 whatever the umask. Does not wait for the disk: the loop would
    /// wait with it, for tens of milliseconds on an SD card, and the usual folder is on a tmpfs.
    void fill(std::string_view content) const;

    /// Gives the file the target's name, in place of what had it.
    void renameToTarget();

    /// Removes the temporary files of the target whose writers are dead. What cannot be removed
    /// stays.
    static void removeAbandoned(const std::filesystem::path& target);

  private:
    std::filesystem::path target_;
    std::string path_;
    Descriptor descriptor_;
};

} // namespace hdp::cdi
