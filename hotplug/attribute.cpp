// SPDX-License-Identifier: Apache-2.0
#include "hotplug/attribute.hpp"

#include "hotplug/shortage.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace hdp::hotplug {

namespace {

constexpr std::size_t maximumSize = 4096;

/// A file of sysfs gives all it has in one read. A negative result is -errno.
ssize_t readOnce(int folder, const char* name, int mode, char* buffer, std::size_t size) {
    const int file = ::openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | mode);
    if (file < 0) {
        const int error = errno;
        throwIfShortage(error, "openat", name);
        return -error;
    }
    ssize_t result = 0;
    do {
        result = ::read(file, buffer, size);
    } while (result < 0 && errno == EINTR);
    const int error = errno;
    ::close(file);
    return result < 0 ? -error : result;
}

/// The length of the UTF-8 sequence that the byte starts; nothing if no sequence starts with it.
std::optional<std::size_t> sequenceLength(std::uint8_t lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        return 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        return 4;
    }
    return std::nullopt;
}

/// The second byte gives away surrogates, overlong forms and numbers beyond Unicode (RFC 3629).
bool isSecondByte(std::uint8_t lead, std::uint8_t second) {
    const std::uint8_t lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const std::uint8_t highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    return second >= lowest && second <= highest;
}

bool isSequence(std::string_view sequence) {
    const auto lead = static_cast<std::uint8_t>(sequence[0]);
    for (std::size_t index = 1; index < sequence.size(); ++index) {
        const auto byte = static_cast<std::uint8_t>(sequence[index]);
        const bool isValid = index == 1 ? isSecondByte(lead, byte) : (byte & 0xc0U) == 0x80;
        if (!isValid) {
            return false;
        }
    }
    return true;
}

bool isUtf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = sequenceLength(static_cast<std::uint8_t>(text[0]));
        if (!length || *length > text.size() || !isSequence(text.substr(0, *length))) {
            return false;
        }
        text.remove_prefix(*length);
    }
    return true;
}

/// U+0000 to U+001F, U+007F, and U+0080 to U+009F, which are C2 80 to C2 9F in UTF-8.
bool hasControlCharacter(std::string_view text) {
    std::uint8_t previous = 0;
    for (const char character : text) {
        const auto byte = static_cast<std::uint8_t>(character);
        if (byte < 0x20 || byte == 0x7f || (previous == 0xc2 && byte < 0xa0)) {
            return true;
        }
        previous = byte;
    }
    return false;
}

Attribute bad(std::string fault) {
    return {Attribute::State::Bad, {}, std::move(fault)};
}

} // namespace

bool isWords(std::string_view text) {
    return !text.empty() && isUtf8(text) && !hasControlCharacter(text);
}

Attribute attributeOf(std::string_view content) {
    if (content.size() > maximumSize) {
        return bad("is larger than 4096 bytes");
    }
    if (content.ends_with('\n')) {
        content.remove_suffix(1);
    }
    if (content.empty()) {
        return bad("is empty");
    }
    if (!isUtf8(content)) {
        return bad("is not UTF-8");
    }
    if (hasControlCharacter(content)) {
        return bad("contains a control character");
    }
    return {Attribute::State::Good, std::string(content), {}};
}

Attribute readAttribute(int folder, const char* name) {
    std::array<char, maximumSize + 1> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t size = readOnce(folder, name, O_NONBLOCK, buffer.data(), buffer.size());
    if (size == -ENOENT) {
        return {};
    }
    if (size < 0) {
        return bad("cannot be read: " + std::generic_category().message(static_cast<int>(-size)));
    }
    return attributeOf({buffer.data(), static_cast<std::size_t>(size)});
}

std::string readBytes(int folder, const char* name, std::size_t size) {
    std::string bytes(size, '\0');
    const ssize_t filled = readOnce(folder, name, 0, bytes.data(), size);
    bytes.resize(filled > 0 ? static_cast<std::size_t>(filled) : 0);
    return bytes;
}

} // namespace hdp::hotplug
