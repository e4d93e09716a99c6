// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include <fmt/format.h>

namespace hdp::config {

namespace {

constexpr unsigned char firstPrintable = 0x20;
constexpr unsigned char del = 0x7f;

/// What no YAML reader takes for anything but a text or a number.
bool isPlain(const std::string& text) {
    static constexpr std::array<std::string_view, 7> words{"null", "true", "false", "yes",
                                                           "no",   "on",   "off"};
    const auto isLetter = [](unsigned char character) {
        return character < del && std::isalnum(character) != 0;
    };
    const auto isGood = [&isLetter](unsigned char character) {
        return isLetter(character) || std::string_view{"/._-"}.find(static_cast<char>(character)) !=
                                          std::string_view::npos;
    };
    std::string lower = text;
    std::ranges::transform(lower, lower.begin(), [](unsigned char character) {
        return static_cast<char>(std::tolower(character));
    });
    return !text.empty() && (isLetter(static_cast<unsigned char>(text[0])) || text[0] == '/') &&
           std::ranges::all_of(text, isGood) && std::ranges::find(words, lower) == words.end();
}

std::string scalar(const std::string& text) {
    if (isPlain(text)) {
        return text;
    }
    std::string result = "\"";
    for (const char character : text) {
        const auto code = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            result.append("\\").append(1, character);
        } else if (code < firstPrintable || code == del) {
            result += fmt::format("\\x{:02x}", code);
        } else {
            result += character;
        }
    }
    return result + "\"";
}

std::string children(const Value& value) {
    std::string result;
    for (const auto& child : value.children) {
        result += result.empty() ? "" : ", ";
        result += value.kind == Value::Kind::Map ? scalar(child.key) + ": " : "";
        result += flowText(child);
    }
    return result;
}

/// A comment ends with its line, whatever is in it.
std::string commentOf(std::string text) {
    std::ranges::replace_if(
        text, [](unsigned char character) { return character < firstPrintable; }, '?');
    return "  # " + text + "\n";
}

std::string blockItem(const Value& item, const std::string& margin) {
    std::string result;
    for (const auto& entry : item.children) {
        result += margin + (result.empty() ? "- " : "  ");
        result += scalar(entry.key) + ": " + flowText(entry) + "\n";
    }
    return result.empty() ? margin + "- {}\n" : result;
}

} // namespace

std::string flowText(const Value& value) {
    switch (value.kind) {
    case Value::Kind::Text:
        return scalar(value.text);
    case Value::Kind::List:
        return "[" + children(value) + "]";
    case Value::Kind::Map:
        return "{" + children(value) + "}";
    case Value::Kind::Nothing:
        break;
    }
    return "null";
}

std::string yamlLines(const Value& value,
                      const std::string& key,
                      const std::string& comment,
                      std::size_t indent) {
    const std::string margin(indent, ' ');
    const bool isListOfMaps = value.kind == Value::Kind::List && !value.children.empty() &&
                              std::ranges::all_of(value.children, [](const Value& item) {
                                  return item.kind == Value::Kind::Map;
                              });
    if (!isListOfMaps) {
        return margin + key + ": " + flowText(value) + commentOf(comment);
    }
    std::string result = margin + key + ":" + commentOf(comment);
    for (const auto& item : value.children) {
        result += blockItem(item, margin + "  ");
    }
    return result;
}

} // namespace hdp::config
