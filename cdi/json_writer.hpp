// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/members.hpp"

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::cdi {

/// Writes a JSON object out of the members that hold something, two spaces deeper with each level,
/// straight into a text: the file is written between an event of the hardware and the kubelet's
/// next list, and a tree of JSON values takes several times as long. A visitor for visitMembers().
class JsonWriter {
  public:
    /// Appends to the text, which outlives the writer. Strings must be text (isText).
    explicit JsonWriter(std::string& text) : JsonWriter(text, 0) {}

    void required(std::string_view name, const auto& member) {
        next();
        write(name);
        text_ += ": ";
        write(member);
    }

    template <class T>
    void optional(std::string_view name, const T& member) {
        if (member != T{}) {
            required(name, member);
        }
    }

    /// Call it once, last.
    void end() { close('{', '}'); }

  private:
    JsonWriter(std::string& text, std::size_t depth) : text_(text), depth_(depth) {}

    void write(std::string_view text);

    void write(const std::string& text) { write(std::string_view{text}); }

    void write(bool truth) { text_ += truth ? "true" : "false"; }

    template <std::integral T>
    void write(T number) {
        text_ += std::to_string(number);
    }

    template <class T>
    void write(const std::optional<T>& item) {
        write(*item);
    }

    void write(const std::map<std::string, std::string>& texts) {
        JsonWriter inside(text_, depth_ + 1);
        for (const auto& [key, text] : texts) {
            inside.required(key, text);
        }
        inside.end();
    }

    template <class T>
    void write(const std::vector<T>& items) {
        JsonWriter inside(text_, depth_ + 1);
        for (const T& item : items) {
            inside.next('[');
            inside.write(item);
        }
        inside.close('[', ']');
    }

    template <HasMembers T>
    void write(const T& object) {
        JsonWriter inside(text_, depth_ + 1);
        visitMembers(object, inside);
        inside.end();
    }

    void next(char opening = '{');
    void close(char opening, char closing);
    void startLine(std::size_t depth);

    std::string& text_;
    std::size_t depth_;
    bool isEmpty_ = true;
};

} // namespace hdp::cdi
