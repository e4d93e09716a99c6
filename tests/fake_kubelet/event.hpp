// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/capacity.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <string>

namespace hdp::testing {

/// Something that happened in the fake kubelet, for whoever looks on.
struct Event {
    enum class Kind { Started, Killed, Registered, Refused, ListReceived, StreamEnded, Panicked };

    Kind kind = Kind::Started;
    std::string resource{};
    std::string text{};                   ///< endpoint, error or status
    v1beta1::ListAndWatchResponse list{}; ///< of ListReceived
    Capacity capacity{};                  ///< of the resource, after the event
};

} // namespace hdp::testing
