// SPDX-License-Identifier: Apache-2.0
#include "daemon/log/entry.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

namespace hdp::log {

namespace {

struct Sequence {
    std::size_t length;
    std::uint32_t smallest; ///< what needs no fewer bytes
    unsigned char leadBits;
    unsigned char leadMask;
};

constexpr std::array<Sequence, 4> sequences{{
    {1, 0x0, 0x00, 0x80},
    {2, 0x80, 0xc0, 0xe0},
    {3, 0x800, 0xe0, 0xf0},
    {4, 0x10000, 0xf0, 0xf8},
}};

bool isPrintable(std::uint32_t code) {
    const bool isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const bool isSurrogate = code >= 0xd800 && code < 0xe000;
    return !isControl && !isSurrogate && code <= 0x10ffff;
}

/// How many bytes the printable character has with which the words begin; 0 if none does.
std::size_t firstCharacter(std::string_view words) {
    const auto lead = static_cast<unsigned char>(words.front());
    const auto* const found = std::ranges::find_if(sequences, [lead](const Sequence& each) {
        return (lead & each.leadMask) == each.leadBits;
    });
    if (found == sequences.end() || words.size() < found->length) {
        return 0;
    }
    std::uint32_t code = lead & static_cast<unsigned char>(~found->leadMask);
    for (const char next : words.substr(1, found->length - 1)) {
        const auto byte = static_cast<unsigned char>(next);
        if ((byte & 0xc0U) != 0x80U) {
            return 0;
        }
        code = (code << 6U) | (byte & 0x3fU);
    }
    return code >= found->smallest && isPrintable(code) ? found->length : 0;
}

} // namespace

std::string_view nameOf(Level level) {
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
    return names.at(static_cast<std::size_t>(level));
}

std::string_view Entry::field(std::string_view name) const {
    const auto found = std::ranges::find(
        fields, name, [](const auto& each) -> std::string_view { return each.first; });
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

std::string printable(std::string_view words) {
    std::string text;
    text.reserve(words.size());
    while (!words.empty()) {
        const auto length = firstCharacter(words);
        if (length == 0) {
            text += fmt::format("\\x{:02x}", static_cast<unsigned char>(words.front()));
        } else {
            text += words.substr(0, length);
        }
        words.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

} // namespace hdp::log
