// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/simulate/script.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hdp {

/// Devices that are not there, for trying everything without hardware. What a container gets of
/// device number 3 is said with these prefixes; an empty one leaves it away.
struct Simulation {
    bool isOn = false; ///< real chips are not looked at then
    std::uint32_t count = 2;
    std::string idPrefix = "simulated"; ///< ids are "simulated-node1-3"
    std::string nodeName{};             ///< empty: $NODE_NAME, else the name of the host
    std::string annotationPrefix{};     ///< "example.com/sim": annotation example.com/sim-3, the id
    std::string envPrefix{};            ///< "SIM": variable SIM_3, "/dev/3"
    std::string deviceFilePrefix{};     ///< "sim": node /dev/sim-3 of the host, under that path
    std::vector<int> numaNodes{};       ///< dealt out in turn; empty: none is known
    Script script{};

    friend bool operator==(const Simulation&, const Simulation&) = default;
};

/// What the ids of its devices have in common: "simulated-node1". Looks at the environment and the
/// name of the host.
std::string stemOf(const Simulation& simulation);

/// What a container gets of the device of that index.
std::map<std::string, std::string> environmentOf(const Simulation& simulation, std::uint32_t index);
/// The key of its annotation; empty for none.
std::string annotationKeyOf(const Simulation& simulation, std::uint32_t index);
/// The path of its node on the host and in the container; empty for none.
std::string nodePathOf(const Simulation& simulation, std::uint32_t index);

/// Throws std::invalid_argument with the cause for what cannot be part of an id or a path.
void checkIdPrefix(std::string_view prefix);
void checkNodeName(std::string_view name);
void checkDeviceFilePrefix(std::string_view prefix);

} // namespace hdp
