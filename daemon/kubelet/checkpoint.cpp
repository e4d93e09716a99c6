// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/checkpoint.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace hdp {

namespace {

using Json = nlohmann::json;

// Thousands of pods; what is larger is no checkpoint.
constexpr std::uintmax_t largest = std::uintmax_t{4} * 1024 * 1024;

// The kubelet's has five levels. Each takes some 70 times the memory of its bracket.
constexpr int deepest = 16;

bool checkDepth(int depth, Json::parse_event_t /*event*/, const Json& /*parsed*/) {
    if (depth > deepest) {
        throw std::length_error{"nested too deeply"};
    }
    return true;
}

std::optional<Json> parse(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error) ||
        std::filesystem::file_size(file, error) > largest) {
        return std::nullopt;
    }
    std::ifstream stream{file};
    try {
        auto json = Json::parse(stream, checkDepth, false);
        return json.is_discarded() ? std::nullopt : std::optional{std::move(json)};
    } catch (const std::length_error&) {
        return std::nullopt;
    }
}

void addEntry(const Json& entry, std::set<HeldDevice>& held) {
    const auto resource = entry.at("ResourceName").get<std::string>();
    for (const auto& [node, ids] : entry.at("DeviceIDs").items()) {
        for (const auto& id : ids) {
            held.insert({resource, id.get<std::string>()});
        }
    }
}

} // namespace

std::set<HeldDevice> heldInCheckpoint(const std::filesystem::path& file) {
    std::set<HeldDevice> held;
    const auto json = parse(file);
    if (!json) {
        return held;
    }
    try {
        for (const auto& entry : json->at("Data").at("PodDeviceEntries")) {
            addEntry(entry, held);
        }
    } catch (const Json::exception&) {
        // Another format: what was understood so far is true all the same.
    }
    return held;
}

} // namespace hdp
