// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/resource_rule.hpp"

#include "daemon/inventory/resource_name.hpp"

#include <algorithm>
#include <stdexcept>

namespace hdp {

namespace {

void readCondition(std::string_view condition, Selector& selector) {
    const auto equals = condition.find('=');
    if (equals == std::string_view::npos || equals + 1 == condition.size()) {
        throw std::invalid_argument("\"" + std::string{condition} +
                                    "\" is not of the form KEY=VALUE");
    }
    try {
        addCondition(condition.substr(0, equals), condition.substr(equals + 1), selector);
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument("in \"" + std::string{condition} + "\" " + error.what());
    }
}

} // namespace

ResourceRule parseResourceRule(std::string_view text) {
    const auto colon = text.find(':');
    ResourceRule rule{std::string{text.substr(0, colon)}, {}};
    checkResourceName(rule.resource);
    if (colon == std::string_view::npos) {
        return rule;
    }
    text.remove_prefix(colon + 1);
    while (true) {
        const auto comma = text.find(',');
        readCondition(text.substr(0, comma), rule.selector);
        if (comma == std::string_view::npos) {
            return rule;
        }
        text.remove_prefix(comma + 1);
    }
}

std::string resourceFor(const hotplug::Device& device, const std::vector<ResourceRule>& rules) {
    const auto rule = std::ranges::find_if(
        rules, [&device](const ResourceRule& each) { return each.selector.takes(device); });
    return rule == rules.end() ? std::string{} : rule->resource;
}

} // namespace hdp
