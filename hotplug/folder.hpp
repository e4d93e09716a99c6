// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/attribute.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hdp::hotplug {

/// An open folder of sysfs, which serves as the start of short relative look-ups. Owns a
/// descriptor. What is not there, or goes away meanwhile, is absence and never an error.
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

    /// The names of all entries but the hidden ones, in no particular order.
    [[nodiscard]] std::vector<std::string> names() const;

    /// Where the symbolic link of this name points, as written.
    [[nodiscard]] std::optional<std::string> linkTarget(const std::string& name) const;

    /// The last part of what the link points to: "hailo" for driver -> ../../bus/pci/drivers/hailo.
    [[nodiscard]] std::optional<std::string> linkName(const std::string& name) const;

    [[nodiscard]] Attribute attribute(const std::string& name) const;

    /// The first bytes of a binary attribute, as many as there are, at most size.
    [[nodiscard]] std::string bytes(const std::string& name, std::size_t size) const;

  private:
    explicit Folder(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

} // namespace hdp::hotplug
