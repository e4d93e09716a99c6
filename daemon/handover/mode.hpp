// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace hdp {

/// A way to tell the kubelet, and through it the container runtime, which chips a container gets.
/// Several may be used together; all of them then name the very same chips.
enum class HandoverMode {
    CdiCri, ///< AllocateResponse.cdi_devices: containerd from 1.7.2 with CDI on, CRI-O from 1.28
    CdiAnnotations, ///< annotations cdi.k8s.io/…: runtimes with CDI on whose kubelet is older
                    ///< than 1.28
    DeviceSpecs     ///< device nodes and a bind mount: every runtime
};

/// "cdi-cri", "cdi-annotations" or "device-specs".
std::string_view nameOf(HandoverMode mode);

std::optional<HandoverMode> parseHandoverMode(std::string_view name);

} // namespace hdp
