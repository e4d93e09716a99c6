// SPDX-License-Identifier: Apache-2.0
#include "daemon/nfd/node_labels.hpp"

#include "cdi/names.hpp"
#include "cdi/text.hpp"
#include "hotplug/driver_generation.hpp"

#include <cstddef>

namespace hdp {

namespace {

constexpr auto space = "hailo.ai/";

bool isThere(const DeviceStatus& status) {
    return !isTombstone(status) && !status.device.simulated;
}

/// Neither empty nor longer than 63 characters: what may also stand behind a key's slash.
bool isLabelValue(const std::string& text) {
    return text.find('/') == std::string::npos && cdi::isAnnotationKey(text);
}

void add(NodeLabels& to, const std::string& name, const std::string& value) {
    if (isLabelValue(name) && isLabelValue(value)) {
        to.labels.emplace(space + name, value);
    } else {
        to.refused.insert(
            "the node gets no label " + cdi::inQuotes(space + name) + " with the value " +
            cdi::inQuotes(value) +
            ": Kubernetes takes up to 63 letters, digits, '-', '_' and '.' that begin "
            "and end with a letter or digit");
    }
}

} // namespace

NodeLabels nodeLabelsOf(const Inventory& inventory) {
    NodeLabels result;
    std::size_t count = 0;
    std::map<std::string, std::size_t> models;
    for (const auto& status : inventory.devices) {
        const auto& device = status.device;
        if (!isThere(status)) {
            continue;
        }
        ++count;
        if (!device.isBeingIdentified) {
            ++models[device.model];
        }
        if (device.driver && device.driverVersion && hotplug::isHailoDriver(*device.driver)) {
            add(result, *device.driver + ".driver-version", *device.driverVersion);
        }
    }
    if (count > 0) {
        add(result, "hailo.present", "true");
        add(result, "hailo.count", std::to_string(count));
    }
    for (const auto& [model, chips] : models) {
        add(result, model + ".count", std::to_string(chips));
    }
    return result;
}

std::string featureFileOf(const std::map<std::string, std::string>& labels) {
    if (labels.empty()) {
        return {};
    }
    // Not "# +": that would be an instruction to node-feature-discovery.
    std::string text =
        "# Labels of this node by hailo-device-plugin, which undoes other changes.\n";
    for (const auto& [key, value] : labels) {
        text.append(key).append("=").append(value).append("\n");
    }
    return text;
}

} // namespace hdp
