// SPDX-License-Identifier: Apache-2.0
#include "cdi/temporary_file.hpp"

#include <cstdio>
#include <cstdlib>

#include <fcntl.h>

namespace hdp::cdi {
namespace {

constexpr std::string_view pattern = "XXXXXX";
constexpr std::string_view suffix = ".tmp";

std::string prefixFor(const std::filesystem::path& target) {
    return '.' + target.filename().string() + '.';
}

std::string templateFor(const std::filesystem::path& target) {
    const std::string name = prefixFor(target) + std::string(pattern) + std::string(suffix);
    return target.parent_path() / name;
}

bool isTemporaryOf(const std::filesystem::path& target, const std::string& name) {
    const std::string prefix = prefixFor(target);
    return name.size() == prefix.size() + pattern.size() + suffix.size() &&
           name.starts_with(prefix) && name.ends_with(suffix);
}

bool isAbandoned(const std::filesystem::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    return file.isOpen() && tryLock(file);
}

} // namespace

TemporaryFile::TemporaryFile(std::filesystem::path target)
    : target_(std::move(target)),
      path_(templateFor(target_)),
      descriptor_(::mkostemps(path_.data(), static_cast<int>(suffix.size()), O_CLOEXEC)) {
    if (!descriptor_.isOpen()) {
        throwErrno("mkostemps", path_);
    }
    // A file system without locks is no reason to fail: the lock only protects from
    // removeAbandoned().
    tryLock(descriptor_);
}

TemporaryFile::~TemporaryFile() {
    if (!path_.empty()) {
        ::unlink(path_.c_str());
    }
}

void TemporaryFile::fill(std::string_view content) const {
    setMode(descriptor_, 0644, path_);
    writeAll(descriptor_, content, path_);
}

void TemporaryFile::renameToTarget() {
    if (std::rename(path_.c_str(), target_.c_str()) != 0) {
        throwErrno("rename", target_);
    }
    path_.clear();
}

void TemporaryFile::removeAbandoned(const std::filesystem::path& target) {
    std::error_code ignored;
    std::filesystem::directory_iterator entry(target.parent_path(), ignored);
    for (; entry != std::filesystem::directory_iterator(); entry.increment(ignored)) {
        const std::filesystem::path path = entry->path();
        if (isTemporaryOf(target, path.filename()) && isAbandoned(path)) {
            ::unlink(path.c_str());
        }
    }
}

} // namespace hdp::cdi
