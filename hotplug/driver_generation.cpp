// SPDX-License-Identifier: Apache-2.0
#include "hotplug/driver_generation.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace hdp::hotplug {

namespace {

constexpr std::array<std::uint16_t, 1> hailo8{0x2864};
constexpr std::array<std::uint16_t, 3> upTo420{0x2864, 0x45c4, 0x43a2};
constexpr std::array<std::uint16_t, 4> everyId{0x2864, 0x45c4, 0x43a2, 0x26a2};
constexpr std::array<std::uint16_t, 3> hailo1x{0x45c4, 0x43a2, 0x26a2};

constexpr std::array<DriverGeneration, 8> generations{{
    {"4.17.0", "4.17.0", "hailo_pci", "hailo", "hailo_chardev", "hailo", "board_location", false,
     false, upTo420},
    {"4.18.0", "4.19.0", "hailo_pci", "hailo", "hailo_chardev", "hailo", "board_location", true,
     false, upTo420},
    {"4.20.0", "4.20.1", "hailo_pci", "hailo", "hailo_chardev", "hailo", "board_location", true,
     false, upTo420},
    {"4.21.0", "4.22.0", "hailo_pci", "hailo", "hailo_chardev", "hailo", "board_location", true,
     false, everyId},
    {"4.23.0", "4.23.0", "hailo_pci", "hailo", "hailo_chardev", "hailo", "board_location", true,
     true, hailo8},
    {"5.0.0", "5.0.0", "hailo_pci", "hailo", "hailo_chardev", "hailo", "board_location", true,
     false, everyId},
    {"5.0.1", "5.2.0", "hailo1x_pci", "hailo1x", "hailo_chardev", "hailo", "board_location", true,
     true, hailo1x},
    {"5.3.0", "5.3.0", "hailo1x_pci", "hailo1x", "hailo1x", "h1x-", "device_id", false, true,
     hailo1x},
}};

constexpr std::array<std::string_view, 2> folders{"hailo_chardev", "hailo1x"};

static_assert(std::ranges::all_of(generations, [](const DriverGeneration& generation) {
    return std::ranges::find(folders, generation.classFolder) != folders.end();
}));

using Version = std::array<unsigned, 3>;

/// Three numbers with dots between.
std::optional<Version> parseVersion(std::string_view text) {
    Version version{};
    const char* next = text.data();
    const char* const end = text.data() + text.size();
    for (std::size_t part = 0; part < version.size(); ++part) {
        if (part > 0 && (next == end || *next++ != '.')) {
            return std::nullopt;
        }
        const auto [rest, error] = std::from_chars(next, end, version[part]);
        if (error != std::errc{}) {
            return std::nullopt;
        }
        next = rest;
    }
    return next == end ? std::optional{version} : std::nullopt;
}

} // namespace

std::span<const DriverGeneration> driverGenerations() {
    return generations;
}

std::span<const std::string_view> classFolders() {
    return folders;
}

bool isHailoDriver(std::string_view pciDriver) {
    return std::ranges::find(generations, pciDriver, &DriverGeneration::pciDriver) !=
           generations.end();
}

std::vector<const DriverGeneration*> generationsFor(const PciId& id) {
    std::vector<const DriverGeneration*> matching;
    for (const DriverGeneration& generation : generations) {
        const auto& ids = generation.deviceIds;
        if (id.vendor == hailoVendor && std::ranges::find(ids, id.device) != ids.end()) {
            matching.push_back(&generation);
        }
    }
    return matching;
}

const DriverGeneration* generationOf(std::string_view version) {
    const auto wanted = parseVersion(version);
    const auto* const found =
        std::ranges::find_if(generations, [&wanted](const DriverGeneration& generation) {
            return wanted && *wanted >= *parseVersion(generation.firstVersion) &&
                   *wanted <= *parseVersion(generation.lastVersion);
        });
    return found == generations.end() ? nullptr : found;
}

} // namespace hdp::hotplug
