// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hdp {

/// The word on the daemon's own command line that makes it the child below.
inline constexpr auto identifyCommand = "identify-chip";

/// The whole life of the child that asks one chip: opens the node, asks, prints the model in one
/// line. Each of these may hang, even beyond SIGKILL. Opening wakes an idle chip out of D3hot and
/// allocates its interrupts. Answers the exit code: 0, or 1 when there is no model to print.
int identifyChip(const char* node);

} // namespace hdp
