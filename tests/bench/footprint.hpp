// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/plan.hpp"
#include "tests/bench/report.hpp"

namespace hdp::testing {

/// What the daemon holds of memory, and what remains of work: at rest, after restarts of the
/// kubelet and very many Allocate calls, for each device; and how large its binary is.
void reportFootprint(Report& report, const Plan& plan);

/// How often its threads wake up and how long they compute while nothing happens and the health
/// timer is off.
void reportIdle(Report& report, const Plan& plan);

} // namespace hdp::testing
