// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hdp::testing {

/// What a kubelet that is not right does with Register calls. The default is what a right one does.
struct Misbehaviour {
    bool answers = true;      ///< else a call waits until the plugin gives it up
    std::string refusal{};    ///< refuses with this text, whatever is asked
    bool dialsBack = true;    ///< else accepts, and that is all
    bool listsDevices = true; ///< else dials back and never calls ListAndWatch
};

} // namespace hdp::testing
