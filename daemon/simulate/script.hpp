// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hdp {

/// How a simulated device looks. Gone is what an unplugged chip is.
enum class SimulatedState { Healthy, Unhealthy, Gone };

/// "healthy", "unhealthy" or "gone".
std::string_view nameOf(SimulatedState state);

/// A change that a simulation plays.
struct ScriptStep {
    std::chrono::seconds after{0}; ///< since the script began
    std::uint32_t device = 0;      ///< its index
    SimulatedState becomes = SimulatedState::Unhealthy;

    friend bool operator==(const ScriptStep&, const ScriptStep&) = default;
};

using Script = std::vector<ScriptStep>;

/// Reads "AFTER:DEVICE:STATE", "5:1:gone". Throws std::invalid_argument with the cause.
ScriptStep parseScriptStep(std::string_view text);

/// How a device looks that long after the script began: as its latest step wants, of several at one
/// moment the one that stands last; healthy before the first.
SimulatedState
stateIn(const Script& script, std::uint32_t device, std::chrono::steady_clock::duration elapsed);

/// When the next change is due, later than that; nothing after the last.
std::optional<std::chrono::seconds> nextChange(const Script& script,
                                               std::chrono::steady_clock::duration elapsed);

} // namespace hdp
