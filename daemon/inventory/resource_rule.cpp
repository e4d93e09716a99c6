// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/resource_rule.hpp"

#include "daemon/inventory/resource_name.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <system_error>

namespace hdp {

namespace {

template <class Value>
bool allows(const std::set<Value>& allowed, const Value& value) {
    return allowed.empty() || allowed.contains(value);
}

[[noreturn]] void refuse(std::string_view condition, const std::string& cause) {
    throw std::invalid_argument("\"" + std::string{condition} + "\" " + cause);
}

hotplug::PciAddress addressIn(std::string_view condition, std::string_view value) {
    const auto address = hotplug::parsePciAddress(value);
    if (!address) {
        refuse(condition, "has no PCI address like 0000:01:00.0");
    }
    return *address;
}

int nodeIn(std::string_view condition, std::string_view value) {
    int node = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), node);
    if (error != std::errc{} || end != value.data() + value.size() || node < 0) {
        refuse(condition, "has no number of a NUMA node");
    }
    return node;
}

void addCondition(std::string_view condition, Selector& selector) {
    const auto equals = std::min(condition.find('='), condition.size());
    const auto key = condition.substr(0, equals);
    const auto value = condition.substr(std::min(equals + 1, condition.size()));
    if (value.empty()) {
        refuse(condition, "is not of the form KEY=VALUE");
    }
    if (key == "model") {
        selector.models.emplace(value);
    } else if (key == "address") {
        selector.addresses.insert(addressIn(condition, value));
    } else if (key == "numa") {
        selector.numaNodes.insert(nodeIn(condition, value));
    } else {
        refuse(condition, "has another key than model, address and numa");
    }
}

} // namespace

bool Selector::takes(const hotplug::Device& device) const {
    return allows(models, device.model) && allows(addresses, device.address) &&
           allows(numaNodes, device.numaNode.value_or(-1));
}

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
        addCondition(text.substr(0, comma), rule.selector);
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
