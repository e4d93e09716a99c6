// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/unfinished_view.hpp"

#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace hdp {

namespace fs = std::filesystem;
using cdi::Descriptor;
using cdi::throwErrno;

namespace {

constexpr std::string_view prefix = ".making.";
constexpr int asFolder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
constexpr int asNewFile = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;

fs::path newFolderIn(const fs::path& folder) {
    auto name = (folder / prefix).string() + "XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
        throwErrno("mkdtemp", name);
    }
    return name;
}

Descriptor makeFolder(const Descriptor& parent, const std::string& name, const fs::path& path) {
    if (::mkdirat(parent.number(), name.c_str(), 0755) != 0) {
        throwErrno("mkdir", path);
    }
    Descriptor folder(::openat(parent.number(), name.c_str(), asFolder));
    if (!folder.isOpen()) {
        throwErrno("open", path);
    }
    cdi::setMode(folder, 0755, path);
    return folder;
}

void makeFile(const Descriptor& folder,
              const std::string& name,
              std::string_view content,
              const fs::path& path) {
    const Descriptor file(::openat(folder.number(), name.c_str(), asNewFile, 0644));
    if (!file.isOpen()) {
        throwErrno("open", path);
    }
    cdi::setMode(file, 0644, path);
    cdi::writeAll(file, content, path);
}

bool isAbandoned(const fs::path& path) {
    const Descriptor folder(::open(path.c_str(), asFolder));
    return folder.isOpen() && cdi::tryLock(folder);
}

} // namespace

UnfinishedView::UnfinishedView(const fs::path& folder)
    : path_(newFolderIn(folder)), descriptor_(::open(path_.c_str(), asFolder)) {
    if (!descriptor_.isOpen()) {
        throwErrno("open", path_);
    }
    // A file system without locks is no reason to fail: they only protect from removeAbandoned().
    cdi::tryLock(descriptor_);
}

UnfinishedView::~UnfinishedView() {
    if (!path_.empty()) {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
}

void UnfinishedView::add(const std::string& node, const Attributes& attributes) const {
    const auto folder = makeFolder(descriptor_, node, path_ / node);
    for (const auto& [name, value] : attributes) {
        makeFile(folder, name, value, path_ / node / name);
    }
}

void UnfinishedView::finish(const fs::path& view) {
    cdi::setMode(descriptor_, 0755, path_);
    fs::remove_all(view);
    fs::rename(path_, view);
    path_.clear();
}

void UnfinishedView::removeAbandoned(const fs::path& folder) {
    std::error_code ignored;
    fs::directory_iterator entry(folder, ignored);
    for (; entry != fs::directory_iterator(); entry.increment(ignored)) {
        const auto& path = entry->path();
        if (path.filename().native().starts_with(prefix) && isAbandoned(path)) {
            fs::remove_all(path, ignored);
        }
    }
}

} // namespace hdp
