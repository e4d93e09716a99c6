// SPDX-License-Identifier: Apache-2.0
#include "daemon/files/directory_watch.hpp"

#include <system_error>
#include <utility>

#include <sys/inotify.h>
#include <sys/stat.h>

namespace hdp {

namespace {

constexpr std::uint32_t folderIsGone = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED;

bool isAbsence(const std::error_code& code) {
    return code == std::errc::no_such_file_or_directory || code == std::errc::not_a_directory;
}

bool isFolder(const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored);
}

} // namespace

DirectoryWatch::DirectoryWatch(Inotify& inotify, std::filesystem::path folder, OnChange onChange)
    : inotify_(inotify),
      folder_(folder.has_filename() ? std::move(folder) : folder.parent_path()),
      onChange_(std::move(onChange)) {
    rearm();
}

void DirectoryWatch::verify() {
    if (watchesFolder_ && identify(folder_) == watched_) {
        if (!parent_) {
            watchParent();
        }
        return;
    }
    rearm();
    if (watchesFolder_) {
        tell(Change::Reset, {});
    }
}

DirectoryWatch::Identity DirectoryWatch::identify(const std::filesystem::path& path) {
    struct stat status {};

    if (::stat(path.c_str(), &status) != 0) {
        return {};
    }
    return {status.st_dev, status.st_ino};
}

void DirectoryWatch::rearm() {
    problem_.clear();
    watchParent(); // first, so that it tells of whatever happens to the folder from now on
    watchesFolder_ = watchFolder();
    while (!watchesFolder_ && problem_.empty() && isFolder(watchNearestAncestor())) {
        // That level was made before the one above it was watched, so nothing told of it.
        watchesFolder_ = watchFolder();
    }
    watched_ = watchesFolder_ ? identify(folder_) : Identity{};
}

void DirectoryWatch::watchParent() {
    const auto parent = folder_.parent_path();
    try {
        parent_ =
            inotify_.watch(parent.empty() ? "." : parent,
                           [this](std::uint32_t, std::string_view name) { onParentEvent(name); });
    } catch (const std::system_error&) {
        parent_.reset(); // what is missing has an ancestor; what else is wrong shows there
    }
}

bool DirectoryWatch::watchFolder() {
    return tryWatch(
        folder_, [this](std::uint32_t mask, std::string_view name) { onFolderEvent(mask, name); });
}

std::filesystem::path DirectoryWatch::watchNearestAncestor() {
    auto missing = folder_;
    while (missing.has_relative_path()) {
        const auto ancestor = missing.parent_path();
        const auto& place = ancestor.empty() ? std::filesystem::path{"."} : ancestor;
        const bool found =
            tryWatch(place, [this](std::uint32_t, std::string_view) { onAncestorEvent(); });
        if (found || !problem_.empty()) {
            break;
        }
        missing = ancestor;
    }
    return missing;
}

bool DirectoryWatch::tryWatch(const std::filesystem::path& path, Inotify::OnEvent onEvent) {
    try {
        watch_ = inotify_.watch(path, std::move(onEvent));
        return true;
    } catch (const std::system_error& error) {
        if (!isAbsence(error.code())) {
            problem_ = error.what();
        }
        return false;
    }
}

void DirectoryWatch::onFolderEvent(std::uint32_t mask, std::string_view name) {
    if ((mask & folderIsGone) != 0) {
        rearm();
        return tell(Change::Reset, {});
    }
    if ((mask & IN_Q_OVERFLOW) != 0) {
        return tell(Change::Reset, {});
    }
    if ((mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
        tell(Change::Created, name);
    } else if ((mask & (IN_DELETE | IN_MOVED_FROM)) != 0) {
        tell(Change::Deleted, name);
    } else if ((mask & IN_CLOSE_WRITE) != 0) {
        tell(Change::Written, name);
    }
}

void DirectoryWatch::onParentEvent(std::string_view name) {
    if (watchesFolder_ && name == folder_.filename().native()) {
        rearm();
        tell(Change::Reset, {});
    }
}

void DirectoryWatch::tell(Change change, std::string_view name) const {
    // A copy, because the callback may destroy this watch and would then end what it captured.
    const auto onChange = onChange_;
    onChange(change, name);
}

void DirectoryWatch::onAncestorEvent() {
    rearm();
    if (watchesFolder_) {
        tell(Change::Reset, {});
    }
}

} // namespace hdp
