// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::config {

/// What a setting is set to, before it has a type: a text, a list or a map, as in YAML. Numbers are
/// texts; what a setting makes of them is its own affair.
struct Value {
    enum class Kind { Nothing, Text, List, Map };

    Kind kind = Kind::Nothing;
    std::string text{};
    std::vector<Value> children{}; ///< of a list or a map, in their order
    std::string key{};             ///< its name in the map that holds it
    std::size_t line = 0;          ///< where it begins in its file; 0 if it is of no file

    /// The child of that key; nullptr if there is none.
    [[nodiscard]] const Value* find(std::string_view name) const;

    /// The same with that key.
    [[nodiscard]] Value named(std::string_view name) &&;

    /// Compares what they say, wherever they say it.
    friend bool operator==(const Value& left, const Value& right);
};

Value textValue(std::string text);
Value listValue(std::vector<Value> children);
Value mapValue(std::vector<Value> children);

/// What is wrong with a value, in one sentence, and where it stands.
class Refusal : public std::invalid_argument {
  public:
    /// The key is the path below the setting, ".select.models"; empty for the value itself.
    Refusal(const Value& value, const std::string& sentence);
    Refusal(std::size_t line, std::string key, const std::string& sentence);

    /// The same refusal, seen from one level above: the key is put before those that it has.
    [[nodiscard]] Refusal within(const std::string& key) const;

    [[nodiscard]] std::size_t line() const { return line_; }

    [[nodiscard]] const std::string& key() const { return key_; }

  private:
    std::size_t line_;
    std::string key_;
};

/// The same words without anything that would begin a line or that a terminal would act upon, and
/// at most 1,000 bytes of them: they may come from files that nobody has looked at.
std::string oneLine(std::string_view words);

} // namespace hdp::config
