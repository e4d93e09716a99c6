// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/value.hpp"

#include "daemon/log/entry.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hdp::config {

const Value* Value::find(std::string_view name) const {
    const auto found = std::ranges::find(children, name, &Value::key);
    return found == children.end() ? nullptr : &*found;
}

Value Value::named(std::string_view name) && {
    key = name;
    return std::move(*this);
}

bool operator==(const Value& left, const Value& right) {
    return std::tie(left.kind, left.text, left.key, left.children) ==
           std::tie(right.kind, right.text, right.key, right.children);
}

Value textValue(std::string text) {
    return {.kind = Value::Kind::Text, .text = std::move(text)};
}

Value listValue(std::vector<Value> children) {
    return {.kind = Value::Kind::List, .children = std::move(children)};
}

Value mapValue(std::vector<Value> children) {
    return {.kind = Value::Kind::Map, .children = std::move(children)};
}

Refusal::Refusal(const Value& value, const std::string& sentence)
    : Refusal(value.line, {}, sentence) {}

Refusal::Refusal(std::size_t line, std::string key, const std::string& sentence)
    : std::invalid_argument(sentence), line_(line), key_(std::move(key)) {}

Refusal Refusal::within(const std::string& key) const {
    return {line_, key + key_, what()};
}

std::string oneLine(std::string_view words) {
    constexpr std::size_t longest = 1000;
    return log::printable(words.substr(0, longest)) + (words.size() > longest ? "..." : "");
}

} // namespace hdp::config
