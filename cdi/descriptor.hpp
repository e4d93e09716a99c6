// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

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

} // namespace hdp::cdi
