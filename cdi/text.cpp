// SPDX-License-Identifier: Apache-2.0
#include "cdi/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace hdp::cdi {
namespace {

constexpr std::size_t longestLine = 240;

/// One row of table 3-7, "Well-Formed UTF-8 Byte Sequences", of the Unicode Standard 15.0.
struct Sequence {
    unsigned char firstLead, lastLead;
    std::size_t length;
    unsigned char lowestSecond, highestSecond;
};

constexpr std::array<Sequence, 9> sequences{{
    {0x01, 0x7F, 1, 0x00, 0x00}, // from 0x00 in the table
    {0xC2, 0xDF, 2, 0x80, 0xBF},
    {0xE0, 0xE0, 3, 0xA0, 0xBF},
    {0xE1, 0xEC, 3, 0x80, 0xBF},
    {0xED, 0xED, 3, 0x80, 0x9F},
    {0xEE, 0xEF, 3, 0x80, 0xBF},
    {0xF0, 0xF0, 4, 0x90, 0xBF},
    {0xF1, 0xF3, 4, 0x80, 0xBF},
    {0xF4, 0xF4, 4, 0x80, 0x8F},
}};

bool isWithin(char byte, unsigned char low, unsigned char high) {
    const auto value = static_cast<unsigned char>(byte);
    return low <= value && value <= high;
}

bool begins(std::string_view bytes, const Sequence& row) {
    if (bytes.size() < row.length || !isWithin(bytes[0], row.firstLead, row.lastLead)) {
        return false;
    }
    if (row.length > 1 && !isWithin(bytes[1], row.lowestSecond, row.highestSecond)) {
        return false;
    }
    const auto others = bytes.substr(0, row.length).substr(std::min<std::size_t>(2, row.length));
    return std::ranges::all_of(others, [](char byte) { return isWithin(byte, 0x80, 0xBF); });
}

/// Nearly always all that there is.
void skipAscii(std::string_view& bytes) {
    const auto isAscii = [](char byte) { return isWithin(byte, 0x01, 0x7F); };
    const auto other = std::ranges::find_if_not(bytes, isAscii);
    bytes.remove_prefix(static_cast<std::size_t>(other - bytes.begin()));
}

std::string escaped(char byte) {
    constexpr std::string_view digits = "0123456789abcdef";
    const auto value = static_cast<unsigned char>(byte);
    return {'\\', 'x', digits[value >> 4U], digits[value & 0xFU]};
}

} // namespace

bool isText(std::string_view bytes) {
    for (skipAscii(bytes); !bytes.empty(); skipAscii(bytes)) {
        const auto row = std::ranges::find_if(
            sequences, [bytes](const Sequence& candidate) { return begins(bytes, candidate); });
        if (row == sequences.end()) {
            return false;
        }
        bytes.remove_prefix(row->length);
    }
    return true;
}

std::string printable(std::string_view bytes) {
    std::string line;
    for (const char byte : bytes.substr(0, longestLine)) {
        line += isWithin(byte, 0x20, 0x7E) ? std::string(1, byte) : escaped(byte);
    }
    return bytes.size() > longestLine ? line + "..." : line;
}

std::string inQuotes(std::string_view bytes) {
    return '"' + printable(bytes) + '"';
}

} // namespace hdp::cdi
