// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/names.hpp"
#include "cdi/spec.hpp"

#include <string>
#include <vector>

namespace hdp::cdi {

/// The sentences that say what is wrong with a spec, empty when nothing is. As strict as SPEC.md
/// and the reference library of any version together, so that what passes here loads in every
/// runtime. Where both are silent, absolute paths, device numbers and file modes must be such as
/// Linux can use.
std::vector<std::string> validate(const Spec& spec);

/// Throws std::invalid_argument with all of validate()'s sentences, if there are any.
void requireValid(const Spec& spec);

} // namespace hdp::cdi
