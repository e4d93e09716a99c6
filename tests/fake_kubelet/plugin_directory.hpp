// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace hdp::testing {

/// What a starting kubelet deletes from its device-plugins folder. Folders and the checkpoint
/// always stay, and no folder is ever entered.
enum class WipeRule {
    UpTo132, ///< everything else: sockets, regular files, links, also dangling ones
    From133, ///< sockets only, and links to sockets
};

/// The folder where plugins and kubelet meet, /var/lib/kubelet/device-plugins on a real node.
class PluginDirectory {
  public:
    PluginDirectory(std::filesystem::path path, WipeRule rule);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    [[nodiscard]] std::filesystem::path kubeletSocket() const { return path_ / "kubelet.sock"; }

    [[nodiscard]] std::filesystem::path checkpoint() const {
        return path_ / "kubelet_internal_checkpoint";
    }

    /// Makes the folder and wipes it. Throws std::filesystem::filesystem_error.
    void prepare() const;

  private:
    [[nodiscard]] bool isWiped(const std::filesystem::path& entry) const;

    std::filesystem::path path_;
    WipeRule rule_;
};

} // namespace hdp::testing
