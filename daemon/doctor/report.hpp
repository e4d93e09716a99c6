// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/doctor/finding.hpp"

#include <string>

namespace hdp::doctor {

/// The findings for people, the worst last and a count below; words from outside appear as
/// printable ASCII. Pure.
std::string toText(const Findings& findings);

/// The findings as one JSON document with a newline at its end, in the form that
/// docs/command-line.md promises. Pure.
std::string toJson(const Findings& findings);

/// 0 if all is well, 1 after warnings, 2 after errors. Pure.
int exitCodeOf(const Findings& findings);

} // namespace hdp::doctor
