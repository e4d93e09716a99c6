// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hdp::hotplug {

/// Throws std::system_error, named after the call and the path, when the error says that this
/// process or the machine is short of descriptors or memory: then nothing is known of what was
/// looked for, least of all that it is not there. Other errors are the caller's to judge.
void throwIfShortage(int error, std::string_view call, std::string_view path);

} // namespace hdp::hotplug
