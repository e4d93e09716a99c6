// SPDX-License-Identifier: Apache-2.0
#include "cdi/bad_text.hpp"

#include "cdi/members.hpp"
#include "cdi/text.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace hdp::cdi {
namespace {

/// Looks at every string of one object, however deep.
class TextSearch {
  public:
    TextSearch(std::vector<std::string>& places, std::string prefix)
        : places_(places), prefix_(std::move(prefix)) {}

    void required(std::string_view name, const auto& member) {
        look(member, prefix_ + std::string(name));
    }

    void optional(std::string_view name, const auto& member) { required(name, member); }

  private:
    void look(const std::string& text, const std::string& place) {
        if (!isText(text)) {
            places_.push_back(place);
        }
    }

    void look(const std::map<std::string, std::string>& texts, const std::string& place) {
        for (const auto& [key, text] : texts) {
            look(text, place + '[' + inQuotes(key) + ']');
        }
    }

    template <class T>
    void look(const std::vector<T>& items, const std::string& place) {
        for (std::size_t index = 0; index < items.size(); ++index) {
            look(items[index], place + '[' + std::to_string(index) + ']');
        }
    }

    template <class T>
    void look(const std::optional<T>& item, const std::string& place) {
        if (item) {
            look(*item, place);
        }
    }

    template <HasMembers T>
    void look(const T& object, const std::string& place) {
        TextSearch inside(places_, place + '.');
        visitMembers(object, inside);
    }

    template <std::integral T>
    void look(T /*number*/, const std::string& /*place*/) {}

    std::vector<std::string>& places_;
    std::string prefix_;
};

} // namespace

std::vector<std::string> placesOfBadText(const Spec& spec) {
    std::vector<std::string> places;
    TextSearch search(places, {});
    visitMembers(spec, search);
    return places;
}

} // namespace hdp::cdi
