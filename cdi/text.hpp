// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hdp::cdi {

/// True for well-formed UTF-8 without a NUL: what both a JSON string and a C string can hold.
bool isText(std::string_view bytes);

/// Any bytes as one short line of printable ASCII: others become "\xNN", a long tail "...".
std::string printable(std::string_view bytes);

/// printable() in double quotes, for a sentence.
std::string inQuotes(std::string_view bytes);

} // namespace hdp::cdi
