// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec.hpp"

#include <string>
#include <vector>

namespace hdp::cdi {

/// Where a spec holds strings that are not text (isText), as places in the file:
/// "devices[0].containerEdits.env[1]".
std::vector<std::string> placesOfBadText(const Spec& spec);

} // namespace hdp::cdi
