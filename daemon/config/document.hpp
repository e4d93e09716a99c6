// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/value.hpp"

#include <string>

namespace hdp::config {

/// Reads a YAML document into a value; nothing in it is Nothing. Takes less than YAML can say, so
/// that a file means what it seems to mean: one document, no anchors and aliases, no tags, no key
/// twice, texts as keys, at most 16 levels and
/// 10,000 values. Throws Refusal with the line.
Value parseDocument(const std::string& text);

} // namespace hdp::config
