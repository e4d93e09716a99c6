// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hdp::hotplug {

/// The content of one text attribute of sysfs. Good content is one to 4096 bytes of UTF-8 without
/// control characters; one newline at the end is taken off, because some attributes of the kernel
/// have it and others do not.
struct Attribute {
    enum class State {
        Good,
        Missing, ///< no file of that name
        Bad      ///< the file is there and cannot be used
    };

    State state = State::Missing;
    std::string text;  ///< the content if Good
    std::string fault; ///< what is wrong with it if Bad, to follow the file's name in a sentence:
                       ///< "is empty"

    [[nodiscard]] bool isGood() const { return state == State::Good; }

    [[nodiscard]] bool isBad() const { return state == State::Bad; }
};

/// Reads an attribute relative to an open folder. Never blocks, reads 4097 bytes at most. Throws as
/// throwIfShortage() does.
Attribute readAttribute(int folder, const char* name);

/// Reads up to size bytes from the start of a binary attribute; nothing if it cannot be read. May
/// block for as long as the hardware behind it does. Throws as throwIfShortage() does.
std::string readBytes(int folder, const char* name, std::size_t size);

/// Whether it is UTF-8 without control characters, and not empty: what attributes, names and links
/// of the kernel are made of.
bool isWords(std::string_view text);

/// Judges the bytes of an attribute.
Attribute attributeOf(std::string_view content);

} // namespace hdp::hotplug
