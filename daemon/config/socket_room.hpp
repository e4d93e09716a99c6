// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/options.hpp"

namespace hdp::config {

/// Checks what no setting can tell by itself: that the kernel takes the paths that sockets will
/// get, from the folder and the resource's name. Throws Refusal with the key of the folder.
void checkSocketRoom(const Options& options);

} // namespace hdp::config
