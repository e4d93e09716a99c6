// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/form.hpp"

#include "cdi/text.hpp"
#include "daemon/config/yaml_text.hpp"

#include <charconv>
#include <limits>
#include <system_error>

namespace hdp::config {

namespace {

std::string whatIs(const Value& value) {
    switch (value.kind) {
    case Value::Kind::Text:
        return "the text " + cdi::inQuotes(value.text);
    case Value::Kind::List:
        return "a list";
    case Value::Kind::Map:
        return "a map";
    case Value::Kind::Nothing:
        break;
    }
    return "nothing";
}

std::string joined(const std::vector<std::string>& words) {
    std::string result;
    for (const auto& word : words) {
        result += (result.empty() ? "" : ", ") + word;
    }
    return result;
}

const std::string& textOf(const Value& value) {
    if (value.kind == Value::Kind::Nothing) {
        throw Refusal{value, "has no value; leave the line out for the default"};
    }
    if (value.kind != Value::Kind::Text) {
        throw Refusal{value, "must be one value, but is " + whatIs(value)};
    }
    return value.text;
}

std::uint64_t numberOf(const Value& value, std::uint64_t largest) {
    const auto& digits = textOf(value);
    std::uint64_t result = 0;
    const auto* last = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), last, result);
    if (error != std::errc{} || end != last || result > largest) {
        throw Refusal{value, cdi::inQuotes(digits) + " is not a whole number from 0 to " +
                                 std::to_string(largest)};
    }
    return result;
}

} // namespace

Form<std::string> text() {
    return {textOf, [](const std::string& value) { return textValue(value); }};
}

Form<std::string> textThat(std::function<void(const std::string&)> check) {
    const auto read = [check = std::move(check)](const Value& value) {
        try {
            check(textOf(value));
        } catch (const Refusal&) {
            throw;
        } catch (const std::invalid_argument& error) {
            throw Refusal{value, error.what()};
        }
        return value.text;
    };
    return {read, text().write};
}

Form<std::filesystem::path> pathOrNothing() {
    return {[](const Value& value) { return std::filesystem::path{textOf(value)}; },
            [](const std::filesystem::path& path) { return textValue(path.string()); }};
}

Form<std::filesystem::path> absolutePath() {
    const auto read = [](const Value& value) {
        std::filesystem::path path{textOf(value)};
        if (!path.is_absolute()) {
            throw Refusal{value, cdi::inQuotes(path.string()) + " is not an absolute path"};
        }
        return path;
    };
    return {read, pathOrNothing().write};
}

Form<std::chrono::seconds> seconds() {
    const auto read = [](const Value& value) {
        return std::chrono::seconds{numberOf(value, std::numeric_limits<std::uint32_t>::max())};
    };
    return {read, [](const std::chrono::seconds& duration) {
                return textValue(std::to_string(duration.count()));
            }};
}

template <class Number>
Form<Number> number() {
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<Number>::max());
    return {
        [](const Value& value) { return static_cast<Number>(numberOf(value, largest)); },
        [](const Number& value) { return textValue(std::to_string(value)); },
    };
}

template Form<int> number<int>();
template Form<std::uint32_t> number<std::uint32_t>();

const std::vector<Value>& itemsOf(const Value& value) {
    if (value.kind != Value::Kind::List) {
        throw Refusal{value, "must be a list, but is " + whatIs(value)};
    }
    return value.children;
}

const std::vector<Value>& entriesOf(const Value& value) {
    if (value.kind != Value::Kind::Map) {
        throw Refusal{value, "must be a map, but is " + whatIs(value)};
    }
    return value.children;
}

void checkMap(const Value& value, const std::vector<std::string>& known) {
    for (const auto& entry : entriesOf(value)) {
        if (std::ranges::find(known, entry.key) == known.end()) {
            throw Refusal{entry, "has the unknown key " + cdi::inQuotes(entry.key) +
                                     suggestion(entry.key, known) + " (allowed are " +
                                     joined(known) + ")"};
        }
    }
}

void refuseRepetition(const Value& item) {
    throw Refusal{item, flowText(item) + " is in the list twice"};
}

void refuseChoice(const Value& value, const std::vector<std::string>& allowed) {
    throw Refusal{value, cdi::inQuotes(value.text) + " is none of " + joined(allowed) +
                             suggestion(value.text, allowed)};
}

} // namespace hdp::config
