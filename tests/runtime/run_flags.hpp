// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/runtime/podman.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {

/// What a kubelet hands to a container runtime, in podman's words: environment, mounts, device
/// nodes, and CDI devices, be they named in the response or in its annotations. Podman separates
/// paths by colons, which are in the links by address: so it is given links to these links, made in
/// the folder.
Flags flagsFor(const v1beta1::ContainerAllocateResponse& response,
               const std::filesystem::path& folder);

/// The qualified names of the CDI devices in a response, from the field and from the annotations.
std::vector<std::string> cdiNamesIn(const v1beta1::ContainerAllocateResponse& response);

} // namespace hdp::testing
