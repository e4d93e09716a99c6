// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/allocation.hpp"
#include "tests/fake_kubelet/event.hpp"

#include <string>

namespace hdp::testing {

/// One line for people: what happened and what the node has now.
std::string describe(const Event& event);

/// What a container gets, or why it gets nothing; one line for each thing.
std::string describe(const Allocation& allocation);

} // namespace hdp::testing
