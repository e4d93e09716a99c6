// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hdp {

/// Checks that the kubelet will accept the name of an extended resource, "hailo.ai/device": a
/// lower-case DNS subdomain of at most 253 characters, "/", and a name of at most 63 characters
/// that begins and ends with a letter or digit; not in kubernetes.io and not beginning with
/// "requests.". Throws std::invalid_argument with the cause.
void checkResourceName(std::string_view name);

} // namespace hdp
