// SPDX-License-Identifier: Apache-2.0
#include "cdi/json_structure.hpp"

#include "cdi/text.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace hdp::cdi {
namespace {

constexpr std::size_t deepestLevel = 16;

/// An object or array that has begun and not ended.
struct Level {
    bool isArray = false;
    std::size_t index = 0; ///< of the element that comes next, in an array
    std::string key;       ///< of the member at hand, in an object
    std::set<std::string> keys;
};

/// "[json.exception.parse_error.101] parse error at line 1 …" without the brackets.
std::string sentenceOf(const std::exception& error) {
    const std::string_view text = error.what();
    const auto bracket = text.find("] ");
    return printable(text.starts_with('[') && bracket != std::string_view::npos
                         ? text.substr(bracket + 2)
                         : text);
}

class StructureCheck final : public nlohmann::json_sax<nlohmann::json> {
  public:
    bool null() override { return pass(); }

    bool boolean(bool /*value*/) override { return pass(); }

    bool number_integer(number_integer_t /*value*/) override { return pass(); }

    bool number_unsigned(number_unsigned_t /*value*/) override { return pass(); }

    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
        return pass();
    }

    bool string(string_t& /*value*/) override { return pass(); }

    bool binary(binary_t& /*value*/) override { return pass(); }

    bool start_object(std::size_t /*size*/) override { return descend(false); }

    bool start_array(std::size_t /*size*/) override { return descend(true); }

    bool end_object() override { return ascend(); }

    bool end_array() override { return ascend(); }

    bool key(string_t& name) override {
        if (!levels_.back().keys.insert(name).second) {
            throw std::invalid_argument(place(levels_.size() - 1) + "the key " + inQuotes(name) +
                                        " stands twice");
        }
        levels_.back().key = name;
        return true;
    }

    bool parse_error(std::size_t /*position*/,
                     const std::string& /*token*/,
                     const nlohmann::json::exception& error) override {
        throw std::invalid_argument(sentenceOf(error));
    }

  private:
    bool pass() {
        if (!levels_.empty()) {
            ++levels_.back().index;
        }
        return true;
    }

    bool descend(bool isArray) {
        if (levels_.size() == deepestLevel) {
            throw std::invalid_argument(place(levels_.size()) + "nested deeper than " +
                                        std::to_string(deepestLevel) + " levels");
        }
        levels_.push_back({isArray, 0, {}, {}});
        return true;
    }

    bool ascend() {
        levels_.pop_back();
        return pass();
    }

    /// Where the outer levels lead to: "devices[0].containerEdits: ".
    [[nodiscard]] std::string place(std::size_t depth) const {
        std::string path;
        for (std::size_t level = 0; level < depth; ++level) {
            path += step(levels_[level]);
        }
        path.erase(0, path.starts_with('.') ? 1 : 0);
        return path.empty() ? path : path + ": ";
    }

    static std::string step(const Level& level) {
        return level.isArray ? '[' + std::to_string(level.index) + ']' : '.' + printable(level.key);
    }

    std::vector<Level> levels_;
};

} // namespace

void checkJsonStructure(std::string_view json) {
    // The library takes a NUL for the end and would not look at what follows.
    if (const auto nul = json.find('\0'); nul != std::string_view::npos) {
        throw std::invalid_argument("NUL at byte " + std::to_string(nul + 1));
    }
    StructureCheck check;
    nlohmann::json::sax_parse(json, &check);
}

} // namespace hdp::cdi
