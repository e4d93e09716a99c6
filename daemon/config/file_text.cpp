// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/file_text.hpp"

#include "cdi/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hdp::config {

namespace {

// As much as a ConfigMap may hold.
constexpr std::size_t largest = 1024UL * 1024;

class Descriptor {
  public:
    explicit Descriptor(const std::filesystem::path& path)
        : number_(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)) {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }

    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& cause) {
    throw std::invalid_argument(path.string() + ": " + cause);
}

[[noreturn]] void refuseError(const std::filesystem::path& path, int error) {
    refuse(path, "cannot be read: " + std::generic_category().message(error));
}

void checkIsFile(const std::filesystem::path& path, int descriptor) {
    struct stat status {};

    if (::fstat(descriptor, &status) != 0) {
        refuseError(path, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        refuse(path, "is not a regular file");
    }
}

/// No more than a byte over what is allowed. In parts, because files are small: room for the
/// largest would be most of what the daemon holds.
std::string readAll(const std::filesystem::path& path, int descriptor) {
    std::string text;
    std::array<char, 4096> part{};
    ssize_t count = 1;
    while (count > 0 && text.size() <= largest) {
        count = ::read(descriptor, part.data(), std::min(part.size(), largest + 1 - text.size()));
        text.append(part.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
    }
    if (count < 0) {
        refuseError(path, errno);
    }
    return text;
}

} // namespace

std::optional<std::string> readFileText(const std::filesystem::path& path) {
    const Descriptor file{path};
    if (file.number() < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return std::nullopt;
    }
    if (file.number() < 0) {
        refuseError(path, errno);
    }
    checkIsFile(path, file.number());
    auto text = readAll(path, file.number());
    if (text.size() > largest) {
        refuse(path, "is larger than 1 MiB");
    }
    if (!cdi::isText(text)) {
        refuse(path, "is not text: it holds a NUL or bytes that are not UTF-8");
    }
    return text;
}

} // namespace hdp::config
