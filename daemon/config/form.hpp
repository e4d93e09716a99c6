// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/nearest.hpp"
#include "daemon/config/value.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hdp::config {

/// How a type is written as a Value and read from one. Forms are made of forms, as types are of
/// types: listOf(record<Mount>({field("path", &Mount::path, absolutePath())})). Reading throws
/// Refusal, with what is wrong and what is allowed; what was written reads as the same again.
template <class Type>
struct Form {
    std::function<Type(const Value&)> read;
    std::function<Value(const Type&)> write;
};

Form<std::string> text();

/// A text that the check lets pass; the check throws std::invalid_argument with one sentence.
Form<std::string> textThat(std::function<void(const std::string&)> check);

/// A path that means the same to everyone, whatever their working directory.
Form<std::filesystem::path> absolutePath();

/// Any path, or an empty text.
Form<std::filesystem::path> pathOrNothing();

/// Whole seconds, from 0 to about 136 years.
Form<std::chrono::seconds> seconds();

/// A decimal number from 0 to the largest of the type.
template <class Number>
Form<Number> number();

/// The children of a value that must be a list, or a map.
const std::vector<Value>& itemsOf(const Value& value);
const std::vector<Value>& entriesOf(const Value& value);

/// Throws Refusal unless the value is a map whose keys are all known.
void checkMap(const Value& value, const std::vector<std::string>& known);

/// Throws Refusal: "x" is none of a, b, c; did you mean …?
[[noreturn]] void refuseChoice(const Value& value, const std::vector<std::string>& allowed);

/// Throws Refusal: x is in the list twice.
[[noreturn]] void refuseRepetition(const Value& item);

/// Reads what stands below that key; a refusal tells so.
template <class Read>
auto readWithin(const std::string& key, const Read& read) {
    try {
        return read();
    } catch (const Refusal& refusal) {
        throw refusal.within(key);
    }
}

template <class Enum>
Form<Enum> choice(const std::vector<std::pair<std::string, Enum>>& names) {
    const auto read = [names](const Value& value) {
        const auto name = text().read(value);
        std::vector<std::string> allowed;
        for (const auto& [each, result] : names) {
            if (each == name) {
                return result;
            }
            allowed.push_back(each);
        }
        refuseChoice(value, allowed);
    };
    const auto write = [names](const Enum& wanted) {
        for (const auto& [name, value] : names) {
            if (value == wanted) {
                return textValue(name);
            }
        }
        return Value{};
    };
    return {read, write};
}

/// A list without repetitions, as a container that has insert(end, …).
template <class Container>
Form<Container> listOf(const Form<typename Container::value_type>& form) {
    const auto read = [form](const Value& value) {
        Container result;
        std::vector<Value> seen;
        std::size_t index = 0;
        for (const auto& item : itemsOf(value)) {
            readWithin("[" + std::to_string(index++) + "]", [&] {
                auto one = form.read(item);
                if (std::ranges::find(seen, form.write(one)) != seen.end()) {
                    refuseRepetition(item);
                }
                seen.push_back(form.write(one));
                result.insert(result.end(), std::move(one));
            });
        }
        return result;
    };
    const auto write = [form](const Container& items) {
        std::vector<Value> values;
        values.reserve(items.size());
        for (const auto& item : items) {
            values.push_back(form.write(item));
        }
        return listValue(std::move(values));
    };
    return {read, write};
}

template <class Item>
Form<std::set<Item>> setOf(const Form<Item>& form) {
    return listOf<std::set<Item>>(form);
}

template <class Item>
Form<std::vector<Item>> vectorOf(const Form<Item>& form) {
    return listOf<std::vector<Item>>(form);
}

/// A map whose keys are free.
template <class Item>
Form<std::map<std::string, Item>> mapOf(const Form<Item>& form) {
    const auto read = [form](const Value& value) {
        std::map<std::string, Item> result;
        for (const auto& item : entriesOf(value)) {
            result.emplace(item.key, readWithin("." + item.key, [&] { return form.read(item); }));
        }
        return result;
    };
    const auto write = [form](const std::map<std::string, Item>& items) {
        std::vector<Value> values;
        values.reserve(items.size());
        for (const auto& [key, item] : items) {
            values.push_back(form.write(item).named(key));
        }
        return mapValue(std::move(values));
    };
    return {read, write};
}

/// A value or null.
template <class Type>
Form<std::optional<Type>> optional(const Form<Type>& form) {
    const auto read = [form](const Value& value) {
        return value.kind == Value::Kind::Nothing ? std::nullopt
                                                  : std::optional<Type>{form.read(value)};
    };
    const auto write = [form](const std::optional<Type>& maybe) {
        return maybe ? form.write(*maybe) : Value{};
    };
    return {read, write};
}

/// One member of a struct, under a key of its own.
template <class Struct>
struct Field {
    std::string key;
    bool isRequired = false;
    std::function<void(const Value&, Struct&)> read;
    std::function<Value(const Struct&)> write;
};

template <class Struct, class Type>
Field<Struct> field(std::string key, Type Struct::*member, const Form<Type>& form) {
    return {std::move(key), false,
            [member, form](const Value& value, Struct& into) { into.*member = form.read(value); },
            [member, form](const Struct& from) { return form.write(from.*member); }};
}

template <class Struct, class Type>
Field<Struct> requiredField(std::string key, Type Struct::*member, const Form<Type>& form) {
    auto result = field(std::move(key), member, form);
    result.isRequired = true;
    return result;
}

/// A map with a key for each field; keys that are left out leave the struct's default. What equals
/// the default is not written.
template <class Struct>
Form<Struct> record(const std::vector<Field<Struct>>& fields) {
    std::vector<std::string> keys;
    keys.reserve(fields.size());
    for (const auto& each : fields) {
        keys.push_back(each.key);
    }
    const auto read = [fields, keys](const Value& value) {
        checkMap(value, keys);
        Struct result{};
        for (const auto& each : fields) {
            const auto* item = value.find(each.key);
            if (item != nullptr) {
                readWithin("." + each.key, [&] { each.read(*item, result); });
            } else if (each.isRequired) {
                throw Refusal{value, "lacks the key " + each.key};
            }
        }
        return result;
    };
    const auto write = [fields](const Struct& from) {
        std::vector<Value> values;
        for (const auto& each : fields) {
            auto value = each.write(from);
            if (each.isRequired || !(value == each.write(Struct{}))) {
                values.push_back(std::move(value).named(each.key));
            }
        }
        return mapValue(std::move(values));
    };
    return {read, write};
}

} // namespace hdp::config
