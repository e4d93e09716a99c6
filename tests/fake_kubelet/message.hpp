// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deviceplugin_v1beta1.pb.h"

#include <chrono>
#include <cstddef>

namespace hdp::testing {

/// One ListAndWatch message of a resource.
struct Message {
    v1beta1::ListAndWatchResponse list;
    std::size_t number = 0; ///< counts from 1, over all streams of the resource and all restarts
    std::chrono::steady_clock::time_point arrived;
};

} // namespace hdp::testing
