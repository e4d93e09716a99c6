// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/metrics/record.hpp"
#include "daemon/status/facts.hpp"

#include <string>

namespace hdp::metrics {

/// All metrics in Prometheus' text format. Series of what is not known, or is gone, are left out.
std::string metricsPage(const status::Facts& facts, const Record& record);

} // namespace hdp::metrics
