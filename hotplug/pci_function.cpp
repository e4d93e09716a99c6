// SPDX-License-Identifier: Apache-2.0
#include "hotplug/pci_function.hpp"

#include <charconv>
#include <cstdint>
#include <string_view>
#include <system_error>

namespace hdp::hotplug {

namespace {

/// The kernel writes "0x1e60".
std::optional<std::uint16_t> parseId(const Attribute& attribute) {
    std::string_view text = attribute.text;
    if (!text.starts_with("0x")) {
        return std::nullopt;
    }
    text.remove_prefix(2);
    std::uint16_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    return isWhole ? std::optional{number} : std::nullopt;
}

/// The kernel says -1 where it knows no affinity.
std::optional<int> parseNumaNode(const Attribute& attribute) {
    const std::string& text = attribute.text;
    int node = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), node);
    const bool isWhole = error == std::errc{} && end == text.data() + text.size();
    return isWhole && node >= 0 ? std::optional{node} : std::nullopt;
}

/// 0000:00:1c.0 of ../../../devices/pci0000:00/0000:00:1c.0/0000:01:00.0: all but the last part.
std::vector<PciAddress> bridgesOn(std::string_view path) {
    std::vector<PciAddress> bridges;
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
        if (const auto bridge = parsePciAddress(path.substr(0, slash))) {
            bridges.push_back(*bridge);
        }
        path.remove_prefix(slash + 1);
    }
    return bridges;
}

std::optional<std::string> textOf(Attribute&& attribute) {
    return attribute.isGood() ? std::optional{std::move(attribute.text)} : std::nullopt;
}

std::optional<std::string> versionOf(const std::string& driver,
                                     const Folder& bus,
                                     const std::string& name,
                                     DriverVersions& versions) {
    const auto [entry, isNew] = versions.try_emplace(driver);
    if (isNew) {
        entry->second = textOf(bus.attribute(name + "/driver/module/version"));
    }
    return entry->second;
}

} // namespace

std::optional<PciFunction::Identity> identify(const Folder& bus, const std::string& name) {
    const auto address = parsePciAddress(name);
    const auto vendor = address ? parseId(bus.attribute(name + "/vendor")) : std::nullopt;
    if (!vendor) {
        return std::nullopt;
    }
    if (*vendor != hailoVendor) {
        return PciFunction::Identity{.address = *address, .id = {*vendor, 0}};
    }
    const auto device = parseId(bus.attribute(name + "/device"));
    if (!device) {
        return std::nullopt;
    }
    return PciFunction::Identity{*address,
                                 {*vendor, *device},
                                 bridgesOn(bus.linkTarget(name).value_or("")),
                                 parseNumaNode(bus.attribute(name + "/numa_node"))};
}

PciFunction readPciFunction(const Folder& bus,
                            const std::string& name,
                            const PciFunction::Identity& identity,
                            DriverVersions& versions) {
    PciFunction function;
    function.identity = identity;
    function.driver = bus.linkName(name + "/driver");
    if (function.driver) {
        function.driverVersion = versionOf(*function.driver, bus, name, versions);
    }
    return function;
}

} // namespace hdp::hotplug
