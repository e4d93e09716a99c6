// SPDX-License-Identifier: Apache-2.0
#include "daemon/status/status_json.hpp"

#include "daemon/status/problems_json.hpp"
#include "daemon/status/readiness.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hdp::status {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t transfersPerMegatransfer = 1'000'000;

template <class Type>
Json orNull(const std::optional<Type>& maybe) {
    return maybe ? Json(*maybe) : Json();
}

Json upstreamJson(const hotplug::Device& device) {
    auto all = Json::array();
    for (const auto& address : device.upstream) {
        all.push_back(toString(address));
    }
    return all;
}

Json linkJson(const hotplug::PcieLink& link) {
    return {{"width", link.width},
            {"bestWidth", link.bestWidth},
            {"transfersPerSecond", link.speed * transfersPerMegatransfer},
            {"bestTransfersPerSecond", link.bestSpeed * transfersPerMegatransfer}};
}

Json errorsJson(const hotplug::AerCounts& errors) {
    return {{"correctable", errors.correctable},
            {"nonfatal", errors.nonFatal},
            {"fatal", errors.fatal}};
}

void addSigns(Json& json, const Facts& facts, const hotplug::PciAddress& address) {
    const auto known = facts.signs.find(address);
    const auto signs = known == facts.signs.end() ? hotplug::VitalSigns{} : known->second;
    json["link"] = signs.link ? linkJson(*signs.link) : Json();
    json["pcieErrors"] = signs.errors ? errorsJson(*signs.errors) : Json();
    json["powerState"] = signs.powerState.empty() ? Json() : Json(signs.powerState);
}

Json holdersJson(const Facts& facts, const std::string& id) {
    if (!facts.holdings) {
        return {};
    }
    auto holders = Json::array();
    for (const auto& holding : *facts.holdings) {
        if (holding.id == id) {
            holders.push_back({{"namespace", holding.podNamespace},
                               {"pod", holding.pod},
                               {"container", holding.container}});
        }
    }
    return holders;
}

Json deviceJson(const Facts& facts, const DeviceStatus& status) {
    const auto& device = status.device;
    const auto& classDevice = device.classDevice;
    const auto* problem = status.mainProblem();
    Json json{{"id", status.id},
              {"resource", status.resource.empty() ? Json() : Json(status.resource)},
              {"health", nameOf(status.health)},
              {"reason", problem == nullptr ? Json() : Json(nameOf(problem->reason))},
              {"problems", problemsJson(device)},
              {"model", device.model},
              {"node", classDevice ? Json("/dev/" + classDevice->name) : Json()},
              {"driver", orNull(device.driver)},
              {"driverVersion", orNull(device.driverVersion)},
              {"numaNode", orNull(device.numaNode)},
              {"upstream", upstreamJson(device)}};
    addSigns(json, facts, device.address);
    json["holders"] = holdersJson(facts, status.id);
    return json;
}

Json allDevices(const Facts& facts) {
    auto all = Json::array();
    for (const auto& status : facts.inventory->devices) {
        all.push_back(deviceJson(facts, status));
    }
    return all;
}

Json allResources(const Facts& facts) {
    auto all = Json::array();
    for (const auto& resource : facts.resources) {
        all.push_back({{"name", resource.name},
                       {"state", resource.state},
                       {"live", resource.isLive},
                       {"streams", resource.streams}});
    }
    return all;
}

Json allEvents(const RecentEvents& events) {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    auto all = Json::array();
    for (const auto& event : events.events()) {
        all.push_back({{"at", duration_cast<milliseconds>(event.at.time_since_epoch()).count()},
                       {"problem", event.isProblem},
                       {"sentence", event.sentence}});
    }
    return all;
}

std::string textOf(const Json& json, int indentation) {
    return json.dump(indentation, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string devicesJson(const Facts& facts) {
    return textOf({{"generation", facts.inventory->generation}, {"devices", allDevices(facts)}},
                  2) +
           "\n";
}

std::string statusJson(const Facts& facts, const RecentEvents& events) {
    return textOf({{"version", HDP_VERSION},
                   {"host", facts.host},
                   {"ready", isReady(facts)},
                   {"cdiCurrent", facts.isCdiCurrent},
                   {"resources", allResources(facts)},
                   {"devices", allDevices(facts)},
                   {"events", allEvents(events)}},
                  -1);
}

} // namespace hdp::status
