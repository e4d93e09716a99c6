// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/plan.hpp"
#include "tests/bench/report.hpp"

namespace hdp::testing {

/// From a uevent to the list at the kubelet, beside what no daemon can do without.
void reportEvents(Report& report, const Plan& plan);

/// The same while clients of HTTP and D-Bus ask without a pause.
void reportEventsAmongClients(Report& report, const Plan& plan);

/// Very many uevents at once: what the kubelet is sent of them, and how long until it knows what is
/// true.
void reportBurst(Report& report, const Plan& plan);

} // namespace hdp::testing
