// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/status/facts.hpp"

#include <string>

namespace hdp::status {

/// Whether the kubelet knows every resource and listens to each.
bool isReady(const Facts& facts);

/// What is missing, a line for each resource; "ready" if nothing is.
std::string readinessText(const Facts& facts);

} // namespace hdp::status
