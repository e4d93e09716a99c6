// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/descriptor.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace hdp {

/// A class view in the making: a folder ".making.XXXXXX" beside the views. Gone with the object
/// unless it was finished. It is locked (flock) as long as the object lives, so that others can
/// tell it from one whose maker died. Follows no symbolic link in it, and overwrites nothing.
/// Members throw std::system_error, named after the call and the path.
class UnfinishedView {
  public:
    /// What the attributes of one chip hold, by their names.
    using Attributes = std::map<std::string, std::string>;

    explicit UnfinishedView(const std::filesystem::path& folder);
    UnfinishedView(const UnfinishedView&) = delete;
    UnfinishedView& operator=(const UnfinishedView&) = delete;
    ~UnfinishedView();

    /// Makes the folder of a chip, with a file for each attribute. Readable for everyone whatever
    /// the umask is, because a container's user need not be root.
    void add(const std::string& node, const Attributes& attributes) const;

    /// Gives the folder its name, in place of what had it. Throws std::filesystem::filesystem_error
    /// too.
    void finish(const std::filesystem::path& view);

    /// Removes those whose makers are dead. What cannot be removed stays.
    static void removeAbandoned(const std::filesystem::path& folder);

  private:
    std::filesystem::path path_;
    cdi::Descriptor descriptor_;
};

} // namespace hdp
