// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hdp::testing {

/// A loaded kernel module with its PCI driver, which umockdev's format has no words for. In a
/// fixture it is a comment: "# module hailo_pci 4.23.0 driver hailo".
struct MockModule {
    std::string name;
    std::string version;
    std::string driver;
};

/// One device in umockdev's format: a paragraph of lines "P:", "N:", "E:", "A:", "H:" and "L:".
struct DeviceBlock {
    using Pairs = std::vector<std::pair<std::string, std::string>>;

    std::string text;      ///< the paragraph itself, without comments
    std::string path;      ///< P: "/devices/…"
    std::string node;      ///< N: without its content; empty if there is none
    Pairs properties;      ///< E:
    Pairs attributes;      ///< A: and H:, decoded to bytes
    Pairs links;           ///< L:
    std::string subsystem; ///< the property SUBSYSTEM
};

/// Throws std::invalid_argument for a line that is not in the format.
DeviceBlock parseBlock(std::string_view text);

/// What one host shows: modules and devices.
struct Fixture {
    std::vector<MockModule> modules;
    std::vector<DeviceBlock> devices;

    /// Reads tests/fixtures/<name>.umockdev. Throws std::invalid_argument if it is missing or
    /// malformed.
    static Fixture load(std::string_view name);
    static Fixture parse(std::string_view text);
};

/// Writes root/module/<name>/version and root/bus/pci/drivers/<driver>/module.
void materialise(const MockModule& module, const std::filesystem::path& sysRoot);

/// Writes the fixture as a tree like sysfs below root/sys. Needs no privileges; makes no device
/// nodes.
void materialise(const Fixture& fixture, const std::filesystem::path& root);

/// Writes a small file, with its folders, in place of what was there.
void writeFile(const std::filesystem::path& path, std::string_view content);

} // namespace hdp::testing
