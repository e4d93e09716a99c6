// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace hdp {

/// The first argument that makes the daemon's binary tell vital signs instead of being a daemon.
inline constexpr std::string_view vitalSignsCommand = "vital-signs";

/// What that process does: "vital-signs SYSROOT ADDRESS…" writes one VitalSignsLine to standard
/// output for each chip that answers, as soon as it does, and "ADDRESS gone" for one that is not on
/// the bus. Chips are asked in parallel, each on a thread of its own, so that one that never
/// answers holds up no other; then the process never ends by itself. Returns its exit code. This is
/// not the daemon: it shares nothing with the daemon's loop.
int tellVitalSigns(const std::vector<std::string_view>& arguments);

} // namespace hdp
