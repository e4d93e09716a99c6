// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <sys/types.h>
#include <unistd.h>

namespace hdp::cdi {

/// An open file, closed with the object; -1 where opening failed.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}

    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;

    ~Descriptor() {
        if (isOpen()) {
            ::close(number_);
        }
    }

    [[nodiscard]] bool isOpen() const { return number_ >= 0; }

    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

/// Throws errno as the failure of a system call on a path.
[[noreturn]] inline void throwErrno(const char* call, const std::filesystem::path& path) {
    throw std::system_error(errno, std::generic_category(),
                            std::string(call) + ' ' + path.string());
}

/// Writes all of the content. Throws std::system_error with the path, as setMode() does.
void writeAll(const Descriptor& file, std::string_view content, const std::filesystem::path& path);

/// Gives the file that mode, whatever the umask is.
void setMode(const Descriptor& file, mode_t mode, const std::filesystem::path& path);

/// Takes the lock of an open file or folder (flock), which ends with the descriptor; false if
/// somebody else holds it, or the file system has no locks.
bool tryLock(const Descriptor& file);

} // namespace hdp::cdi
