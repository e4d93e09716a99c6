// SPDX-License-Identifier: Apache-2.0
#include "cdi/bad_text.hpp"

#include "cdi/members.hpp"
#include "cdi/text.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace hdp::cdi {
namespace {

/// Where a string stands, put together only when it is to be told.
struct Place {
    const Place* outer;
    std::string_view name;
    std::optional<std::size_t> index{};
    const std::string* key = nullptr;

    [[nodiscard]] std::string text() const {
        if (index) {
            return outer->text() + '[' + std::to_string(*index) + ']';
        }
        if (key != nullptr) {
            return outer->text() + '[' + inQuotes(*key) + ']';
        }
        return (outer == nullptr ? "" : outer->text() + '.') + std::string(name);
    }
};

/// Looks at every string of one object, however deep.
class TextSearch {
  public:
    TextSearch(std::vector<std::string>& places, const Place* place)
        : places_(places), place_(place) {}

    void required(std::string_view name, const auto& member) { look(member, {place_, name}); }

    void optional(std::string_view name, const auto& member) { required(name, member); }

  private:
    void look(const std::string& text, const Place& place) {
        if (!isText(text)) {
            places_.push_back(place.text());
        }
    }

    void look(const std::map<std::string, std::string>& texts, const Place& place) {
        for (const auto& [key, text] : texts) {
            look(text, {.outer = &place, .name = {}, .key = &key});
        }
    }

    template <class T>
    void look(const std::vector<T>& items, const Place& place) {
        for (std::size_t index = 0; index < items.size(); ++index) {
            look(items[index], {&place, {}, index});
        }
    }

    template <class T>
    void look(const std::optional<T>& item, const Place& place) {
        if (item) {
            look(*item, place);
        }
    }

    template <HasMembers T>
    void look(const T& object, const Place& place) {
        TextSearch inside(places_, &place);
        visitMembers(object, inside);
    }

    template <std::integral T>
    void look(T /*number*/, const Place& /*place*/) {}

    std::vector<std::string>& places_;
    const Place* place_; ///< of the object; null for the whole
};

} // namespace

std::vector<std::string> placesOfBadText(const Spec& spec) {
    std::vector<std::string> places;
    TextSearch search(places, nullptr);
    visitMembers(spec, search);
    return places;
}

} // namespace hdp::cdi
