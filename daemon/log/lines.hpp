// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/log/entry.hpp"

#include <chrono>
#include <string>

namespace hdp::log {

/// "the sentence  HAILO_EVENT=device  HAILO_DEVICE=0000:01:00.0"
std::string textLine(const Entry& entry);

/// One JSON object without a line break, whose members are time (RFC 3339, UTC), level, message and
/// the fields.
std::string jsonLine(const Entry& entry, std::chrono::system_clock::time_point time);

} // namespace hdp::log
