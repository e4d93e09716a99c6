// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/status/facts.hpp"

namespace hdp::testing {

/// Requires that everything which is told of the facts is well formed: JSON, the page's state,
/// metrics.
void requireTold(const status::Facts& facts);

} // namespace hdp::testing
