// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace hdp::testing {

class Machine;

/// Something that must be true: the first thing that is not, as a sentence.
using Inspection = std::optional<std::string> (*)(Machine&);

/// What must be true whatever else fails: the daemon lives, the kubelet knows the chips.
std::optional<std::string> inspectKubelet(Machine& machine);

/// What must be true when nothing is wrong any more: kubelet, CDI file, links and bus all say what
/// is true of the hardware, nothing is left over, and nothing foreign was touched.
std::optional<std::string> inspectTruth(Machine& machine);

/// That, and that a daemon at rest has the descriptors that it always has.
std::optional<std::string> inspectAll(Machine& machine);

/// How long a daemon may take to come back to the truth: longer than the longest pause between two
/// attempts of anything.
inline constexpr std::chrono::seconds recoveryBound{30};

/// Waits until there is nothing to find, and says how long that took. Throws std::runtime_error
/// with what there is after the bound.
std::chrono::nanoseconds await(Machine& machine, Inspection inspection);

} // namespace hdp::testing
