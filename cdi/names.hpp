// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hdp::cdi {

/// "vendor/class": the vendor a lower-case DNS subdomain of at most 253 characters that begins with
/// a letter, the class a letter, then letters, digits, "-", "_" and "." ending in a letter or
/// digit, at most 63 characters. Each has two characters at least.
bool isKind(std::string_view text);

/// A device name: letters, digits, "_", "-", ".", ":", beginning and ending with a letter or digit.
bool isDeviceName(std::string_view text);

/// A Kubernetes qualified name in either case: at most 63 letters, digits, "-", "_", "." beginning
/// and ending with a letter or digit, after an optional DNS subdomain and "/".
bool isAnnotationKey(std::string_view text);

/// "vendor/class=name", what a user or the kubelet asks a runtime for.
std::string qualifiedName(std::string_view kind, std::string_view deviceName);

} // namespace hdp::cdi
