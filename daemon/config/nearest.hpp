// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::config {

/// How many characters must be added, dropped, replaced or swapped with their neighbour to make one
/// of the other.
std::size_t editDistance(std::string_view left, std::string_view right);

/// The candidate that was probably meant; empty if none is near: more than a third of the
/// characters wrong.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "; did you mean log.level?", or nothing.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

} // namespace hdp::config
