// SPDX-License-Identifier: Apache-2.0
#include "daemon/view/host_view_json.hpp"

#include "daemon/status/problems_json.hpp"

#include <nlohmann/json.hpp>

namespace hdp {

namespace {

using Json = nlohmann::ordered_json;

constexpr int indentation = 2;
constexpr double megaPerGiga = 1000.0;

template <class Value>
Json orNull(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json textOrNull(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json nodeOf(const hotplug::Device& device) {
    return device.classDevice ? Json("/dev/" + device.classDevice->name) : Json(nullptr);
}

Json driverOf(const hotplug::Device& device) {
    if (!device.driver) {
        return nullptr;
    }
    return {{"name", *device.driver}, {"version", orNull(device.driverVersion)}};
}

Json linkOf(const ChipView& chip) {
    if (!chip.signs || !chip.signs->link) {
        return nullptr;
    }
    const auto& link = *chip.signs->link;
    return {{"width", link.width},
            {"speed", link.speed / megaPerGiga},
            {"bestWidth", link.bestWidth},
            {"bestSpeed", link.bestSpeed / megaPerGiga}};
}

Json podsOf(const ChipView& chip, const HostView& view) {
    if (!view.holdersGap.empty()) {
        return nullptr;
    }
    auto list = Json::array();
    for (const auto& holder : chip.holders) {
        list.push_back({{"namespace", holder.podNamespace},
                        {"pod", holder.pod},
                        {"container", holder.container}});
    }
    return list;
}

Json jsonOf(const ChipView& chip, const HostView& view) {
    const auto& device = chip.status.device;
    return {{"address", chip.status.id},
            {"model", device.model},
            {"pciId", toString(device.id)},
            {"present", !isTombstone(chip.status)},
            {"node", nodeOf(device)},
            {"driver", driverOf(device)},
            {"numaNode", orNull(device.numaNode)},
            {"link", linkOf(chip)},
            {"powerState", textOrNull(chip.signs ? chip.signs->powerState : "")},
            {"health", nameOf(chip.status.health)},
            {"problems", status::problemsJson(device)},
            {"resource", textOrNull(chip.status.resource)},
            {"pods", podsOf(chip, view)}};
}

} // namespace

std::string toJson(const HostView& view, JsonForm form) {
    auto chips = Json::array();
    for (const auto& chip : view.chips) {
        chips.push_back(jsonOf(chip, view));
    }
    const Json document{
        {"chips", std::move(chips)},
        {"anomalies", view.anomalies},
        {"unknown", {{"link", textOrNull(view.signsGap)}, {"pods", textOrNull(view.holdersGap)}}}};
    return document.dump(form == JsonForm::Indented ? indentation : -1, ' ', false,
                         Json::error_handler_t::replace) +
           "\n";
}

} // namespace hdp
