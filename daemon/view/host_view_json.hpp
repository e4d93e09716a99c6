// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/view/host_view.hpp"

#include <string>

namespace hdp {

enum class JsonForm { Indented, OneLine };

/// The view as one JSON document with a newline at its end, in the form that docs/command-line.md
/// promises: members may be added, and none changes its meaning or goes. Pure.
std::string toJson(const HostView& view, JsonForm form);

} // namespace hdp
