// SPDX-License-Identifier: Apache-2.0
#include "daemon/status/status_page.hpp"

namespace hdp::status {

namespace {

constexpr std::string_view place = "@STATE@";

/// The same JSON in characters among which HTML finds no tag.
std::string withoutTags(const std::string& json) {
    std::string text;
    for (const char character : json) {
        if (character == '<') {
            text += "\\u003c";
        } else {
            text += character;
        }
    }
    return text;
}

} // namespace

std::string statusPage(const std::string& statusJson) {
    std::string page{pageHtml};
    return page.replace(page.find(place), place.size(), withoutTags(statusJson));
}

} // namespace hdp::status
