// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec.hpp"

#include <string>
#include <string_view>

namespace hdp::cdi {

/// The file's content: indented JSON with a newline at its end, cdiVersion the minimum one.
/// Throws std::invalid_argument with all of validate()'s sentences when the spec is not valid.
std::string toJson(const Spec& spec);

/// Reads a CDI file as strictly as the reference library: an unknown field, a wrong type, a
/// duplicate key, an unknown version or one below the minimum is refused. Throws
/// std::invalid_argument with a sentence that names the place and the cause.
Spec parseSpec(std::string_view json);

} // namespace hdp::cdi
