// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/folder.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hdp::hotplug {

/// What was learned about the entries of one folder of sysfs and stays true as long as they exist.
/// An entry that was removed and made again under the same name has another inode number, and what
/// was known of the old one is forgotten.
template <class Fact>
class EntryMemory {
  public:
    /// Forgets all but these; to be called with what the folder holds now, before anything else.
    void retain(const std::vector<FolderEntry>& entries) {
        std::map<std::string, Known> kept;
        for (const FolderEntry& entry : entries) {
            auto known = known_.extract(entry.name);
            if (!known.empty() && known.mapped().inode == entry.inode) {
                kept.insert(std::move(known));
            }
        }
        known_ = std::move(kept);
    }

    /// Null when nothing is known of the name.
    [[nodiscard]] const Fact* find(const std::string& name) const {
        const auto found = known_.find(name);
        return found == known_.end() ? nullptr : &found->second.fact;
    }

    void remember(const FolderEntry& entry, Fact fact) {
        known_.insert_or_assign(entry.name, Known{entry.inode, std::move(fact)});
    }

  private:
    struct Known {
        std::uint64_t inode;
        Fact fact;
    };

    std::map<std::string, Known> known_;
};

} // namespace hdp::hotplug
