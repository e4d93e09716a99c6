// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/attribute.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hdp::hotplug {

/// One name in a folder. The inode number is that of the name itself, a link's own for a link:
/// sysfs gives every entry that it makes another one (kernfs, 64 bits since Linux 5.5).
struct FolderEntry {
    std::string name;
    std::uint64_t inode = 0;
};

/// An open folder of sysfs, which serves as the start of short relative look-ups. Owns a
/// descriptor. What is not there, or goes away meanwhile, is absence and never an error; that there
/// is no descriptor left to look with is one, and thrown: throwIfShortage().
class Folder {
  public:
    static std::optional<Folder> open(const std::filesystem::path& path);
    Folder(const Folder&) = delete;
    Folder(Folder&& other) noexcept;
    Folder& operator=(const Folder&) = delete;
    Folder& operator=(Folder&& other) noexcept;
    ~Folder();

    /// The folder of this name, or the one that a link of this name leads to.
    [[nodiscard]] std::optional<Folder> folder(const std::string& name) const;

    /// All entries but the hidden ones, in no particular order.
    [[nodiscard]] std::vector<FolderEntry> entries() const;

    /// Where the symbolic link of this name points, as written. Nothing if that is not words.
    [[nodiscard]] std::optional<std::string> linkTarget(const std::string& name) const;

    /// The last part of what the link points to: "hailo" for driver -> ../../bus/pci/drivers/hailo.
    [[nodiscard]] std::optional<std::string> linkName(const std::string& name) const;

    [[nodiscard]] Attribute attribute(const std::string& name) const;

    /// The first bytes of a binary attribute, as many as there are, at most size. May block for as
    /// long as the hardware behind it does.
    [[nodiscard]] std::string bytes(const std::string& name, std::size_t size) const;

  private:
    explicit Folder(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

} // namespace hdp::hotplug
