// SPDX-License-Identifier: Apache-2.0
#include "hotplug/class_folder.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hdp::hotplug {

ClassFolder::ClassFolder(const std::filesystem::path& sysRoot, std::string_view name)
    : path_(sysRoot / "class" / name), name_(name) {}

void ClassFolder::read(std::vector<ClassEntry>& entries, std::vector<std::string>& anomalies) {
    const auto folder = Folder::open(path_);
    const auto present = folder ? folder->entries() : std::vector<FolderEntry>{};
    known_.retain(present);
    for (const FolderEntry& entry : present) {
        auto reading = readingOf(*folder, entry);
        if (reading.entry) {
            entries.push_back(*std::move(reading.entry));
        }
        std::ranges::move(reading.anomalies, std::back_inserter(anomalies));
    }
}

ClassEntryReading ClassFolder::readingOf(const Folder& folder, const FolderEntry& entry) {
    if (const auto* known = known_.find(entry.name)) {
        return {*known, {}};
    }
    auto reading = readClassEntry(folder, name_, entry.name);
    if (reading.isFinal()) {
        known_.remember(entry, *reading.entry);
    }
    return reading;
}

} // namespace hdp::hotplug
