// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/plan.hpp"
#include "tests/bench/report.hpp"

namespace hdp::testing {

/// From the start of the daemon to the kubelet's acceptance, by stages, beside a program that does
/// nothing but be loaded.
void reportStart(Report& report, const Plan& plan);

/// How soon a kubelet that starts, or has lost the stream, has the daemon again.
void reportReturn(Report& report, const Plan& plan);

} // namespace hdp::testing
