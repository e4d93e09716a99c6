// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/samples.hpp"

#include <chrono>
#include <cstddef>

namespace hdp::testing {

/// What two threads need to send one byte over a unix socket and one back: no daemon on this
/// machine can tell a kubelet anything much faster than half of it.
Samples socketPingPong(std::size_t rounds);

/// What umockdev needs to send a uevent and libudev to take it, in one thread: the part of the way
/// from a uevent to the kubelet that is no daemon's. The pause between rounds lets caches cool as
/// they do between real events.
Samples ueventToListener(std::size_t rounds, std::chrono::milliseconds pause);

} // namespace hdp::testing
