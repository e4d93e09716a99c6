// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/plan.hpp"
#include "tests/bench/report.hpp"

namespace hdp::testing {

/// The way of one change from the uevent to the kubelet, each stretch of it by itself and in this
/// process: the driver lets go of one chip of eight or takes it again. The bare gRPC stream is the
/// last stretch, and needs no daemon.
void reportStages(Report& report, const Plan& plan);

/// What one change costs the daemon with more and more chips, without reading sysfs, and how long
/// the list and the CDI file are then.
void reportScale(Report& report, const Plan& plan);

} // namespace hdp::testing
