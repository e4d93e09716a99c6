// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hdp::cdi {

/// The sentences that say what is wrong with a spec, empty when nothing is. As strict as SPEC.md and the
/// reference library together, so that what passes here loads in every runtime.
std::vector<std::string> validate(const Spec& spec);

/// "vendor/class": the vendor a lower-case DNS subdomain of at most 253 characters, the class a letter,
/// then letters, digits, "-", "_" and "." ending in a letter or digit, at most 63 characters.
bool isKind(std::string_view text);

/// A device name: letters, digits, "_", "-", ".", ":", beginning and ending with a letter or digit.
bool isDeviceName(std::string_view text);

/// "vendor/class=name", what a user or the kubelet asks a runtime for.
std::string qualifiedName(std::string_view kind, std::string_view deviceName);

} // namespace hdp::cdi
