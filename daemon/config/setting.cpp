// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/setting.hpp"

#include "daemon/config/yaml_text.hpp"

#include <algorithm>
#include <cctype>

namespace hdp::config {

namespace {

std::vector<std::string> split(const std::string& text, const std::string& separators) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (begin != std::string::npos) {
        const auto end = text.find_first_of(separators, begin);
        if (const auto part = text.substr(begin, end - begin); !part.empty()) {
            parts.push_back(part);
        }
        begin = end == std::string::npos ? end : end + 1;
    }
    return parts;
}

/// A map with nothing but a name is its name.
std::string inShort(const Value& value) {
    const bool isName = value.kind == Value::Kind::Map && value.children.size() == 1;
    const auto& shown = isName ? value.children.front() : value;
    return shown.kind == Value::Kind::Text ? shown.text : flowText(value);
}

} // namespace

std::string Setting::variable() const {
    std::string name = "HDP_" + words.flag.substr(2);
    std::ranges::transform(name, name.begin(), [](unsigned char character) {
        return character == '-' ? '_' : static_cast<char>(std::toupper(character));
    });
    return name;
}

Value Setting::valueOf(const std::vector<std::string>& texts) const {
    if (oneText.separators.empty()) {
        return oneText.item(texts.back());
    }
    std::vector<Value> items;
    for (const auto& text : texts) {
        for (const auto& part : split(text, oneText.separators)) {
            items.push_back(oneText.item(part));
        }
    }
    return listValue(std::move(items));
}

std::string Setting::summary(const Options& options) const {
    const auto value = write(options);
    if (value.kind != Value::Kind::List) {
        return value.text;
    }
    std::string all;
    for (const auto& item : value.children) {
        all += (all.empty() ? "" : ",") + inShort(item);
    }
    return all;
}

Setting live(Setting setting) {
    setting.isLive = true;
    return setting;
}

Setting asOneText(Setting setting, OneText oneText) {
    setting.oneText = std::move(oneText);
    return setting;
}

} // namespace hdp::config
