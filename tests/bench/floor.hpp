// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/samples.hpp"

#include <cstddef>

namespace hdp::testing {

/// What two threads need to send one byte over a unix socket and one back: no daemon on this
/// machine can tell a kubelet anything much faster than half of it.
Samples socketPingPong(std::size_t rounds);

} // namespace hdp::testing
