// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {

/// Files of others in the folders that the daemon writes to: CDI specs, sockets, plain files, some
/// of them with names that look like its own. They must outlive whatever the daemon does and dies
/// of.
class Bystanders {
  public:
    /// Puts a plain file there, and the folders that it needs.
    void add(const std::filesystem::path& file);

    /// Puts a socket there that nobody listens on, unless there is one.
    void addSocket(const std::filesystem::path& path);

    /// Takes what is there as it is.
    void adopt(const std::filesystem::path& path);

    /// A line for each that is not what it was: gone, another file, other content, another mode.
    [[nodiscard]] std::vector<std::string> changed() const;

  private:
    struct Bystander {
        std::filesystem::path path;
        std::string state;
    };

    std::vector<Bystander> all_;
};

} // namespace hdp::testing
