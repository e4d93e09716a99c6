// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec_file.hpp"

#include "cdi/descriptor.hpp"
#include "cdi/names.hpp"
#include "cdi/spec.hpp"
#include "cdi/temporary_file.hpp"
#include "cdi/text.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hdp::cdi {
namespace {

struct stat statusOf(const Descriptor& file, const std::filesystem::path& path) {
    struct stat status {};

    if (::fstat(file.number(), &status) != 0) {
        throwErrno("fstat", path);
    }
    return status;
}

/// Of anything but a regular file it says that there is none, as open() of a socket does.
Descriptor tryOpen(const std::filesystem::path& path) {
    struct stat status {};

    if (::lstat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
        errno = ENXIO; // a device may notice that it is opened
        return Descriptor(-1);
    }
    // O_NONBLOCK, because it may have become a pipe since, whose writer open() would wait for.
    return Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
}

/// Not open when there is no file of that name, or a symbolic link or socket has it.
Descriptor openPresent(const std::filesystem::path& path) {
    Descriptor file = tryOpen(path);
    constexpr std::array<int, 4> absent{ENOENT, ENOTDIR, ELOOP, ENXIO};
    if (!file.isOpen() && std::ranges::find(absent, errno) == absent.end()) {
        throwErrno("open", path);
    }
    return file;
}

std::string readAll(const Descriptor& file, const std::filesystem::path& path) {
    std::string content;
    std::array<char, 16384> part{};
    while (content.size() <= maxSpecBytes) {
        const ssize_t size = ::read(file.number(), part.data(), part.size());
        if (size == 0) {
            return content;
        }
        if (size > 0) {
            content.append(part.data(), static_cast<std::size_t>(size));
        } else if (errno != EINTR) {
            throwErrno("read", path);
        }
    }
    errno = EFBIG;
    throwErrno("read", path);
}

/// Whether there is nothing to write. What cannot be opened is to be replaced, and so is what
/// belongs to another user, who could change it any time.
bool holds(const std::filesystem::path& path, std::string_view content) {
    const Descriptor file = tryOpen(path);
    if (!file.isOpen()) {
        return false;
    }
    const struct stat status = statusOf(file, path);
    return S_ISREG(status.st_mode) && status.st_uid == ::geteuid() &&
           (status.st_mode & 07777U) == 0644 && std::cmp_equal(status.st_size, content.size()) &&
           readAll(file, path) == content;
}

/// With the parents that are missing. mkdir obeys the umask, chmod does not.
void makeFolder(const std::filesystem::path& folder) {
    struct stat status {};

    if (folder.empty() || ::stat(folder.c_str(), &status) == 0) {
        return;
    }
    makeFolder(folder.parent_path());
    if (::mkdir(folder.c_str(), 0755) == 0) {
        if (::chmod(folder.c_str(), 0755) != 0) {
            throwErrno("chmod", folder);
        }
    } else if (errno != EEXIST) {
        throwErrno("mkdir", folder);
    }
}

} // namespace

std::string specFileName(std::string_view kind) {
    if (!isKind(kind)) {
        throw std::invalid_argument("kind " + inQuotes(kind) + " is not vendor/class");
    }
    std::string name(kind);
    std::ranges::replace(name, '/', '-');
    return name + ".json";
}

SpecFile::SpecFile(std::filesystem::path folder, std::string fileName)
    : folder_(std::move(folder)), fileName_(std::move(fileName)) {
    if (fileName_.empty() || fileName_ == "." || fileName_ == ".." ||
        fileName_.find('/') != std::string::npos) {
        throw std::invalid_argument(inQuotes(fileName_) + " is not a file name");
    }
}

std::optional<std::string> SpecFile::read() const {
    const Descriptor file = openPresent(path());
    if (!file.isOpen() || !S_ISREG(statusOf(file, path()).st_mode)) {
        return std::nullopt;
    }
    return readAll(file, path());
}

bool SpecFile::write(std::string_view content) {
    tidy();
    if (holds(path(), content)) {
        return false;
    }
    makeFolder(folder_);
    TemporaryFile temporary(path());
    temporary.fill(content);
    temporary.renameToTarget();
    return true;
}

bool SpecFile::remove() {
    tidy();
    if (::unlink(path().c_str()) == 0) {
        return true;
    }
    if (errno != ENOENT && errno != ENOTDIR) {
        throwErrno("unlink", path());
    }
    return false;
}

void SpecFile::tidy() {
    if (!std::exchange(isTidy_, true)) {
        TemporaryFile::removeAbandoned(path());
    }
}

} // namespace hdp::cdi
