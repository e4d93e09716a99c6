// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/bus_view.hpp"

#include "tests/integration/program.hpp"

#include <nlohmann/json.hpp>

namespace hdp::testing {

std::optional<DeviceHealth> chipsOnTheBus() {
    const auto outcome =
        run({"busctl", "--system", "--json=short", "--timeout=2", "call", "ai.hailo.DevicePlugin1",
             "/ai/hailo/DevicePlugin1", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects"});
    if (outcome.code != 0) {
        return std::nullopt;
    }
    DeviceHealth chips;
    const auto answer = nlohmann::json::parse(outcome.output);
    for (const auto& object : answer.at("data").at(0)) {
        const auto chip = object.find("ai.hailo.DevicePlugin1.Chip");
        if (chip != object.end()) {
            const bool isHealthy = chip->at("Healthy").at("data");
            chips[chip->at("Id").at("data")] = isHealthy ? "Healthy" : "Unhealthy";
        }
    }
    return chips;
}

} // namespace hdp::testing
