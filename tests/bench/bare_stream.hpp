// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/pace.hpp"
#include "tests/bench/samples.hpp"

#include "deviceplugin_v1beta1.pb.h"

namespace hdp::testing {

/// What gRPC alone needs for one message on a stream over a unix socket: from the server's
/// StartWrite() to the client's Read(). No device plugin with gRPC can be faster.
Samples bareStream(const v1beta1::ListAndWatchResponse& message, Pace pace);

} // namespace hdp::testing
