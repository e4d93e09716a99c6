// SPDX-License-Identifier: Apache-2.0
#include "hotplug/pci_function.hpp"

#include "hotplug/folder.hpp"

#include <charconv>
#include <cstdint>
#include <map>
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

/// Versions by driver name: chips share a driver, and this is the longest path to walk.
using DriverVersions = std::map<std::string, std::optional<std::string>>;

std::optional<std::string>
versionOf(const std::string& driver, const Folder& function, DriverVersions& versions) {
    const auto [entry, isNew] = versions.try_emplace(driver);
    if (isNew) {
        entry->second = textOf(function.attribute("driver/module/version"));
    }
    return entry->second;
}

std::optional<PciFunction>
readPciFunction(const Folder& bus, const std::string& name, DriverVersions& versions) {
    const auto address = parsePciAddress(name);
    if (!address || parseId(bus.attribute(name + "/vendor")) != hailoVendor) {
        return std::nullopt;
    }
    const auto folder = bus.folder(name);
    const auto deviceId = folder ? parseId(folder->attribute("device")) : std::nullopt;
    if (!deviceId) {
        return std::nullopt;
    }
    PciFunction function;
    function.address = *address;
    function.id = {hailoVendor, *deviceId};
    function.numaNode = parseNumaNode(folder->attribute("numa_node"));
    function.upstream = bridgesOn(bus.linkTarget(name).value_or(""));
    function.driver = folder->linkName("driver");
    if (function.driver) {
        function.driverVersion = versionOf(*function.driver, *folder, versions);
    }
    function.isConfigSpaceDead = folder->bytes("config", 4) == "\xff\xff\xff\xff";
    return function;
}

} // namespace

std::vector<PciFunction> readPciFunctions(const std::filesystem::path& sysRoot) {
    std::vector<PciFunction> functions;
    DriverVersions versions;
    const auto bus = Folder::open(sysRoot / "bus/pci/devices");
    for (const std::string& name : bus ? bus->names() : std::vector<std::string>{}) {
        if (auto function = readPciFunction(*bus, name, versions)) {
            functions.push_back(*std::move(function));
        }
    }
    return functions;
}

} // namespace hdp::hotplug
