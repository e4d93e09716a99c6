// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hdp::testing {

/// Whether the kubelet takes the name for an extended resource: it has a domain, is none of
/// Kubernetes' own, and "requests." plus the name is a qualified name, as a quota needs it.
bool isExtendedResourceName(std::string_view name);

} // namespace hdp::testing
