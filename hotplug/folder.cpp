// SPDX-License-Identifier: Apache-2.0
#include "hotplug/folder.hpp"

#include "hotplug/shortage.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace hdp::hotplug {

namespace {

constexpr int folderFlags = O_PATH | O_DIRECTORY | O_CLOEXEC;

struct CloseListing {
    void operator()(DIR* listing) const { ::closedir(listing); }
};

using Listing = std::unique_ptr<DIR, CloseListing>;

/// -1 when there is none.
int openFolder(int start, const char* path, int flags) {
    const int descriptor = ::openat(start, path, flags);
    if (descriptor < 0) {
        throwIfShortage(errno, "openat", path);
    }
    return descriptor;
}

Listing listingOf(int folder) {
    const int descriptor = openFolder(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return nullptr;
    }
    Listing listing{::fdopendir(descriptor)};
    if (!listing) {
        ::close(descriptor);
    }
    return listing;
}

const dirent* nextOf(const Listing& listing) {
    return ::readdir(listing.get()); // NOLINT(concurrency-mt-unsafe): nobody else has this listing
}

} // namespace

std::optional<Folder> Folder::open(const std::filesystem::path& path) {
    const int descriptor = openFolder(AT_FDCWD, path.c_str(), folderFlags);
    return descriptor < 0 ? std::nullopt : std::optional<Folder>{Folder{descriptor}};
}

Folder::Folder(Folder&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Folder& Folder::operator=(Folder&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

Folder::~Folder() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

std::optional<Folder> Folder::folder(const std::string& name) const {
    const int descriptor = openFolder(descriptor_, name.c_str(), folderFlags);
    return descriptor < 0 ? std::nullopt : std::optional<Folder>{Folder{descriptor}};
}

std::vector<FolderEntry> Folder::entries() const {
    std::vector<FolderEntry> entries;
    const Listing listing = listingOf(descriptor_);
    while (const dirent* entry = listing ? nextOf(listing) : nullptr) {
        if (entry->d_name[0] != '.') {
            entries.push_back({entry->d_name, entry->d_ino});
        }
    }
    return entries;
}

std::optional<std::string> Folder::linkTarget(const std::string& name) const {
    std::array<char, PATH_MAX> target; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t size = ::readlinkat(descriptor_, name.c_str(), target.data(), target.size());
    std::string text(target.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    return isWords(text) ? std::optional{std::move(text)} : std::nullopt;
}

std::optional<std::string> Folder::linkName(const std::string& name) const {
    auto target = linkTarget(name);
    if (target) {
        target->erase(0, target->rfind('/') + 1);
    }
    return target && !target->empty() ? target : std::nullopt;
}

Attribute Folder::attribute(const std::string& name) const {
    return readAttribute(descriptor_, name.c_str());
}

std::string Folder::bytes(const std::string& name, std::size_t size) const {
    return readBytes(descriptor_, name.c_str(), size);
}

} // namespace hdp::hotplug
