// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec.hpp"

#include <string_view>

namespace hdp::cdi {

/// The lowest cdiVersion that has every feature the spec uses, "0.3.0" at least: the same answer as
/// the reference library's MinimumRequiredVersion, which refuses files that say less.
std::string_view minimumVersion(const Spec& spec);

/// True for the released versions 0.3.0 to 1.1.0, with or without a leading "v".
bool isKnownVersion(std::string_view version);

/// True when a known version was released before another one, each with or without a leading "v".
bool isOlder(std::string_view version, std::string_view other);

} // namespace hdp::cdi
