// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/selector.hpp"

#include "hotplug/driver_generation.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <system_error>

#include <fnmatch.h>

namespace hdp {

namespace {

constexpr std::string_view wildcards = "*?[";
constexpr std::string_view patternLetters = "0123456789abcdef:.*?[]-!^";

template <class Value>
bool allows(const std::set<Value>& allowed, const Value& value) {
    return allowed.empty() || allowed.contains(value);
}

bool allowsAddress(const std::set<std::string>& patterns, const hotplug::PciAddress& address) {
    const auto text = toString(address);
    return patterns.empty() || std::ranges::any_of(patterns, [&text](const std::string& pattern) {
               return ::fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
           });
}

[[noreturn]] void refuse(std::string_view text, const std::string& cause) {
    throw std::invalid_argument("\"" + std::string{text} + "\" " + cause);
}

std::string lowerHex(std::string_view text) {
    std::string lower{text};
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'F') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return lower;
}

} // namespace

bool Selector::takes(const hotplug::Device& device) const {
    return allows(models, device.model) && allows(deviceIds, device.id.device) &&
           allowsAddress(addresses, device.address) &&
           allows(drivers, device.driver.value_or("")) &&
           allows(numaNodes, device.numaNode.value_or(-1));
}

std::uint16_t parseDeviceId(std::string_view text) {
    const bool hasVendor = text.find(':') != std::string_view::npos;
    const auto id =
        hotplug::parsePciId(hasVendor ? std::string{text} : "1e60:" + std::string{text});
    if (!id || id->vendor != hotplug::hailoVendor) {
        refuse(text, "is no PCI id of Hailo like 1e60:2864 or 2864");
    }
    return id->device;
}

std::string parseAddressPattern(std::string_view text) {
    auto pattern = lowerHex(text);
    if (const auto address = hotplug::parsePciAddress(pattern)) {
        return toString(*address);
    }
    const bool isPattern = pattern.find_first_of(wildcards) != std::string::npos;
    if (!isPattern || pattern.find_first_not_of(patternLetters) != std::string::npos) {
        refuse(text, "is no PCI address like 0000:01:00.0 and no pattern like 0000:01:*");
    }
    return pattern;
}

std::string parseHailoDriver(std::string_view text) {
    if (!hotplug::isHailoDriver(text)) {
        refuse(text, "is no driver of Hailo's: hailo or hailo1x");
    }
    return std::string{text};
}

int parseNumaNode(std::string_view text) {
    int node = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), node);
    if (error != std::errc{} || end != text.data() + text.size() || node < 0) {
        refuse(text, "is no number of a NUMA node");
    }
    return node;
}

void addCondition(std::string_view key, std::string_view value, Selector& selector) {
    if (key == "model") {
        selector.models.emplace(value);
    } else if (key == "id") {
        selector.deviceIds.insert(parseDeviceId(value));
    } else if (key == "address") {
        selector.addresses.insert(parseAddressPattern(value));
    } else if (key == "driver") {
        selector.drivers.insert(parseHailoDriver(value));
    } else if (key == "numa") {
        selector.numaNodes.insert(parseNumaNode(value));
    } else {
        refuse(key, "is none of the keys model, id, address, driver and numa");
    }
}

} // namespace hdp
