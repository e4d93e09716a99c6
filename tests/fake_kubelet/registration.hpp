// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deviceplugin_v1beta1.pb.h"

#include <chrono>
#include <string>

namespace hdp::testing {

/// One Register call, or one registration through the plugin watcher, and how it went.
struct Registration {
    std::string resource;
    std::string endpoint; ///< as the plugin sent it
    std::string version;  ///< as the plugin sent it
    v1beta1::DevicePluginOptions
        options; ///< of GetDevicePluginOptions; those of Register if refused
    std::chrono::steady_clock::time_point time;
    std::string error; ///< empty: accepted

    [[nodiscard]] bool accepted() const { return error.empty(); }
};

} // namespace hdp::testing
