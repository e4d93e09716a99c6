// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/document.hpp"

#include "cdi/text.hpp"

#include <optional>
#include <sstream>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace hdp::config {

namespace {

constexpr std::size_t deepest = 16;
// Far more than anyone writes by hand, and few enough to compare each with each.
constexpr std::size_t most = 10000;

std::size_t lineOf(const YAML::Mark& mark) {
    return static_cast<std::size_t>(mark.line) + 1;
}

[[noreturn]] void refuse(const YAML::Mark& mark, const std::string& sentence) {
    throw Refusal{lineOf(mark), {}, sentence};
}

/// Puts a value together from what yaml-cpp's parser tells while it reads.
class Builder final : public YAML::EventHandler {
  public:
    Value take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (std::exchange(hasBegun_, true)) {
            refuse(mark, "a second document begins here; a configuration is one");
        }
    }

    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        checkAnchor(mark, anchor);
        if (isKeyNext()) {
            refuse(mark, "a key is missing before the colon");
        }
        add({.line = lineOf(mark)});
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        refuse(mark, "aliases (*name) are not supported; write the value out");
    }

    void OnScalar(const YAML::Mark& mark,
                  const std::string& tag,
                  YAML::anchor_t anchor,
                  const std::string& value) override {
        check(mark, tag, anchor);
        checkText(mark, value);
        if (isKeyNext()) {
            return onKey(mark, value);
        }
        auto text = textValue(value);
        text.line = lineOf(mark);
        add(std::move(text));
    }

    void OnSequenceStart(const YAML::Mark& mark,
                         const std::string& tag,
                         YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override {
        check(mark, tag, anchor);
        open(mark, Value::Kind::List);
    }

    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark,
                    const std::string& tag,
                    YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override {
        check(mark, tag, anchor);
        open(mark, Value::Kind::Map);
    }

    void OnMapEnd() override { close(); }

  private:
    struct Level {
        Value value{};
        std::optional<Value> key{}; ///< of the map's entry whose value comes next
    };

    static void checkAnchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) {
            refuse(mark, "anchors (&name) are not supported; write the value out each time");
        }
    }

    static void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        checkAnchor(mark, anchor);
        // "?" and "!" are what the parser itself gives plain and quoted values.
        if (!tag.empty() && tag != "?" && tag != "!") {
            refuse(mark, "the tag " + cdi::inQuotes(tag) + " is not supported; leave it out");
        }
    }

    static void checkText(const YAML::Mark& mark, const std::string& value) {
        if (value.find('\0') != std::string::npos) {
            refuse(mark, cdi::inQuotes(value) + " holds a NUL");
        }
        // yaml-cpp 0.7 takes these two escapes for a byte each.
        if (!cdi::isText(value)) {
            refuse(mark,
                   cdi::inQuotes(value) +
                       R"( is not UTF-8; write \u0085 instead of \N, and \u00a0 instead of \_)");
        }
    }

    [[nodiscard]] bool isKeyNext() const {
        return !levels_.empty() && levels_.back().value.kind == Value::Kind::Map &&
               !levels_.back().key;
    }

    void onKey(const YAML::Mark& mark, const std::string& name) {
        auto& level = levels_.back();
        if (const auto* first = level.value.find(name)) {
            refuse(mark, cdi::inQuotes(name) + " is there twice, first in line " +
                             std::to_string(first->line));
        }
        level.key = Value{.key = name, .line = lineOf(mark)};
    }

    void open(const YAML::Mark& mark, Value::Kind kind) {
        if (isKeyNext()) {
            refuse(mark, "a key must be a text, not a list or a map");
        }
        if (levels_.size() == deepest) {
            refuse(mark, "nested deeper than " + std::to_string(deepest) + " levels");
        }
        levels_.push_back({.value = {.kind = kind, .line = lineOf(mark)}});
    }

    void close() {
        auto value = std::move(levels_.back().value);
        levels_.pop_back();
        add(std::move(value));
    }

    void add(Value value) {
        if (++count_ > most) {
            throw Refusal{value.line, {}, "more than " + std::to_string(most) + " values"};
        }
        if (levels_.empty()) {
            root_ = std::move(value);
            return;
        }
        auto& level = levels_.back();
        if (level.key) {
            value.key = std::move(level.key->key);
            value.line = level.key->line;
            level.key.reset();
        }
        level.value.children.push_back(std::move(value));
    }

    bool hasBegun_ = false;
    std::size_t count_ = 0;
    Value root_;
    std::vector<Level> levels_;
};

} // namespace

Value parseDocument(const std::string& text) {
    std::istringstream stream{text};
    Builder builder;
    try {
        YAML::Parser parser{stream};
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        refuse(error.mark, "not YAML: " + error.msg);
    }
    return builder.take();
}

} // namespace hdp::config
