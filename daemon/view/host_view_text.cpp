// SPDX-License-Identifier: Apache-2.0
#include "daemon/view/host_view_text.hpp"

#include "cdi/text.hpp"
#include "daemon/health/diagnosis.hpp"
#include "daemon/view/text_table.hpp"

#include <vector>

namespace hdp {

namespace {

constexpr auto unknown = "?";

std::string nodeOf(const hotplug::Device& device) {
    return device.classDevice ? "/dev/" + device.classDevice->name : "";
}

std::string driverOf(const hotplug::Device& device) {
    return device.driver ? *device.driver + " " + device.driverVersion.value_or(unknown) : "";
}

std::string linkOf(const ChipView& chip) {
    if (isTombstone(chip.status)) {
        return "";
    }
    if (!chip.signs || !chip.signs->link) {
        return unknown;
    }
    const auto& link = *chip.signs->link;
    if (link.isDown()) {
        return "down";
    }
    auto text = speedText(link.speed) + " x" + std::to_string(link.width);
    if (link.speed < link.bestSpeed || link.width < link.bestWidth) {
        text += " of " + speedText(link.bestSpeed) + " x" + std::to_string(link.bestWidth);
    }
    return text;
}

std::string healthOf(const DeviceStatus& status) {
    const auto* problem = status.mainProblem();
    if (problem == nullptr) {
        return "healthy";
    }
    const std::string word = status.health == Health::Healthy ? "degraded: " : "unhealthy: ";
    return word + std::string{nameOf(problem->reason)};
}

std::string podsOf(const ChipView& chip, const HostView& view) {
    if (!view.holdersGap.empty()) {
        return unknown;
    }
    std::string text;
    for (const auto& holder : chip.holders) {
        text += (text.empty() ? "" : ", ") + holder.podNamespace + "/" + holder.pod + "/" +
                holder.container;
    }
    return text;
}

std::vector<std::string> rowOf(const ChipView& chip, const HostView& view) {
    const auto& device = chip.status.device;
    std::vector<std::string> row{chip.status.id,
                                 device.model,
                                 nodeOf(device),
                                 driverOf(device),
                                 device.numaNode ? std::to_string(*device.numaNode) : "",
                                 linkOf(chip),
                                 healthOf(chip.status),
                                 chip.status.resource,
                                 podsOf(chip, view)};
    for (auto& cell : row) {
        cell = cdi::printable(cell);
    }
    return row;
}

/// Most sentences name the chip themselves.
std::string naming(const std::string& id, const std::string& sentence) {
    const bool isNamed = sentence.find(id) != std::string::npos;
    return (isNamed ? "" : id + ": ") + cdi::printable(sentence) + "\n";
}

std::string remarksOn(const ChipView& chip) {
    std::string text;
    for (const auto& problem : chip.status.device.problems) {
        text += naming(chip.status.id, problem.sentence);
    }
    if (chip.status.resource.empty()) {
        text += chip.status.id + ": no resource takes it, so no pod can have it; see --resource\n";
    }
    return text;
}

std::string gap(const std::string& what, const std::string& cause) {
    return cause.empty() ? "" : what + cdi::printable(cause) + "\n";
}

std::string remarksOn(const HostView& view) {
    std::string text;
    for (const auto& chip : view.chips) {
        text += remarksOn(chip);
    }
    for (const auto& anomaly : view.anomalies) {
        text += cdi::printable(anomaly) + "\n";
    }
    text += gap("link and part of the health are not known: ", view.signsGap);
    text += gap("pods are not known: ", view.holdersGap);
    return text;
}

} // namespace

std::string toText(const HostView& view) {
    if (view.chips.empty()) {
        return "There is no Hailo chip on the PCI bus.\n" + remarksOn(view);
    }
    std::vector<std::vector<std::string>> rows{
        {"ADDRESS", "MODEL", "NODE", "DRIVER", "NUMA", "LINK", "HEALTH", "RESOURCE", "POD"}};
    for (const auto& chip : view.chips) {
        rows.push_back(rowOf(chip, view));
    }
    const auto remarks = remarksOn(view);
    return textTable(rows) + (remarks.empty() ? "" : "\n" + remarks);
}

} // namespace hdp
