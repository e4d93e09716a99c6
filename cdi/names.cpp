// SPDX-License-Identifier: Apache-2.0
#include "cdi/names.hpp"

#include <algorithm>
#include <cstddef>

namespace hdp::cdi {
namespace {

constexpr std::size_t longestName = 63; ///< of a class, an annotation key and a DNS label
constexpr std::size_t longestSubdomain = 253;

/// The reference library up to 1.1.0 panics on a vendor or class of one letter, and the runtime
/// with it.
constexpr std::size_t shortestOfKind = 2;

// The functions of <cctype> ask the locale.
bool isLower(char letter) {
    return letter >= 'a' && letter <= 'z';
}

bool isLetter(char letter) {
    return isLower(letter) || (letter >= 'A' && letter <= 'Z');
}

bool isDigit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool isAlphanumeric(char letter) {
    return isLetter(letter) || isDigit(letter);
}

/// Letters and digits, and between the first and the last one also the marks.
bool isWord(std::string_view text, std::string_view marks) {
    return !text.empty() && isAlphanumeric(text.front()) && isAlphanumeric(text.back()) &&
           std::ranges::all_of(text, [marks](char letter) {
               return isAlphanumeric(letter) || marks.find(letter) != std::string_view::npos;
           });
}

bool isLabel(std::string_view text) {
    return text.size() <= longestName && isWord(text, "-");
}

/// In either case of letters.
bool isSubdomain(std::string_view text) {
    if (text.size() > longestSubdomain) {
        return false;
    }
    auto dot = text.find('.');
    while (dot != std::string_view::npos && isLabel(text.substr(0, dot))) {
        text.remove_prefix(dot + 1);
        dot = text.find('.');
    }
    return isLabel(text);
}

bool hasUpper(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char letter) { return isLetter(letter) && !isLower(letter); });
}

bool isVendor(std::string_view text) {
    return text.size() >= shortestOfKind && isSubdomain(text) && isLetter(text.front()) &&
           !hasUpper(text);
}

bool isClass(std::string_view text) {
    return text.size() >= shortestOfKind && text.size() <= longestName && isWord(text, "-_.") &&
           isLetter(text.front());
}

} // namespace

bool isKind(std::string_view text) {
    const auto slash = text.find('/');
    return slash != std::string_view::npos && isVendor(text.substr(0, slash)) &&
           isClass(text.substr(slash + 1));
}

bool isDeviceName(std::string_view text) {
    return isWord(text, "_-.:");
}

bool isAnnotationKey(std::string_view text) {
    const auto slash = text.find('/');
    if (slash != std::string_view::npos && !isSubdomain(text.substr(0, slash))) {
        return false;
    }
    const auto name = slash == std::string_view::npos ? text : text.substr(slash + 1);
    return name.size() <= longestName && isWord(name, "-_.");
}

std::string qualifiedName(std::string_view kind, std::string_view deviceName) {
    return std::string(kind) + '=' + std::string(deviceName);
}

} // namespace hdp::cdi
