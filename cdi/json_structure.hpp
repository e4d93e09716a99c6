// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hdp::cdi {

/// Refuses what is not one JSON document, nests deeper than 16 levels or names a key twice in one
/// object, which JSON libraries drop in silence.
/// Throws std::invalid_argument with a sentence that names the place and the cause.
void checkJsonStructure(std::string_view json);

} // namespace hdp::cdi
