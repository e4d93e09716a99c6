// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/view/host_view.hpp"

#include <string>

namespace hdp {

/// The view as a table for people, one chip a line, and below it a sentence for each problem and
/// each gap. Words from outside, as pods' names are, appear as printable ASCII. Pure.
std::string toText(const HostView& view);

} // namespace hdp
