// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/class_entry.hpp"
#include "hotplug/entry_memory.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::hotplug {

/// One folder below /sys/class in which a Hailo driver lists its devices. Remembers the entries
/// that read well, so that a further look at them costs nothing.
class ClassFolder {
  public:
    ClassFolder(const std::filesystem::path& sysRoot, std::string_view name);

    /// Adds what the folder holds now. A folder that is not there holds nothing.
    void read(std::vector<ClassEntry>& entries, std::vector<std::string>& anomalies);

    void forget() { known_ = {}; }

  private:
    ClassEntryReading readingOf(const Folder& folder, const FolderEntry& entry);

    std::filesystem::path path_;
    std::string name_;
    EntryMemory<ClassEntry> known_;
};

} // namespace hdp::hotplug
