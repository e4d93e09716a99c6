// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/metrics/exposition.hpp"
#include "daemon/status/facts.hpp"

namespace hdp::metrics {

/// Adds what is true of chips and who holds them.
void addDevices(Exposition& exposition, const status::Facts& facts);

} // namespace hdp::metrics
