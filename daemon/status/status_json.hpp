// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/status/facts.hpp"
#include "daemon/status/recent_events.hpp"

#include <string>

namespace hdp::status {

/// Every chip with all that is known of it, in JSON for programs; docs/http.md shows an example.
/// What is not known is null, and bytes that are no UTF-8 are replaced.
std::string devicesJson(const Facts& facts);

/// That and everything else that the status page shows, in one line.
std::string statusJson(const Facts& facts, const RecentEvents& events);

} // namespace hdp::status
