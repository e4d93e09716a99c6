// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/plan.hpp"
#include "tests/bench/report.hpp"

namespace hdp::testing {

/// Allocate and GetPreferredAllocation with few and many devices, which are simulated.
void reportCalls(Report& report, const Plan& plan);

} // namespace hdp::testing
