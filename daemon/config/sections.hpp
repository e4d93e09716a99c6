// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/value.hpp"
#include "daemon/options.hpp"

#include <cstddef>
#include <map>
#include <string>

namespace hdp::config {

/// Fills the options from a document: settings below their sections, or nothing at all. Answers the
/// keys that the document sets, each with its line. Throws Refusal, whose key is the whole path.
std::map<std::string, std::size_t> readDocument(const Value& document, Options& options);

} // namespace hdp::config
