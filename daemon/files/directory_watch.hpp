// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/files/inotify.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace hdp {

/// Reports what happens to the entries of one folder, which may not exist yet, may be deleted,
/// replaced or covered by a mount: it then watches the nearest folder above that exists and comes
/// back. The folder above is always watched too, because nothing is told of the end of a folder
/// that somebody still uses, if only by a socket that is bound in it. Loop thread only. Needs no
/// timer; verify() may be called now and then where a rename of a folder further up must be
/// noticed, which inotify does not tell.
class DirectoryWatch {
  public:
    enum class Change {
        Created, ///< an entry was created or moved in
        Written, ///< an entry was closed after writing
        Deleted, ///< an entry was deleted or moved away
        Reset    ///< anything may have happened: look at the whole folder. The name is empty
    };
    /// May destroy the watch.
    using OnChange = std::function<void(Change change, std::string_view name)>;

    /// Says Reset whenever the folder appears, but not from within the constructor.
    DirectoryWatch(Inotify& inotify, std::filesystem::path folder, OnChange onChange);

    /// Whether the folder itself is watched now; otherwise it is absent or problem() says why.
    [[nodiscard]] bool isWatching() const { return watchesFolder_; }

    /// Why nothing can be watched, with inotify's own error; empty when something is.
    [[nodiscard]] const std::string& problem() const { return problem_; }

    /// Compares the watched folder with the one that has its name now, and watches that one if they
    /// differ or if watching failed before.
    void verify();

  private:
    struct Identity {
        dev_t device = 0;
        ino_t inode = 0;

        friend bool operator==(const Identity&, const Identity&) = default;
    };

    static Identity identify(const std::filesystem::path& path);
    void rearm();
    void watchParent();
    bool watchFolder();
    bool tryWatch(const std::filesystem::path& path, Inotify::OnEvent onEvent);
    /// Answers the level below it, which was missing when it was tried.
    std::filesystem::path watchNearestAncestor();
    void onFolderEvent(std::uint32_t mask, std::string_view name);
    void onAncestorEvent();
    void onParentEvent(std::string_view name);
    void tell(Change change, std::string_view name) const;

    Inotify& inotify_;
    std::filesystem::path folder_;
    OnChange onChange_;
    std::unique_ptr<Inotify::Watch> watch_;
    std::unique_ptr<Inotify::Watch> parent_; ///< null where there is none, or none can be had
    bool watchesFolder_ = false;
    Identity watched_;
    std::string problem_;
};

} // namespace hdp
