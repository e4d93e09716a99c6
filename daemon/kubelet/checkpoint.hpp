// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <filesystem>
#include <set>

namespace hdp {

/// The devices of all resources that the device manager's checkpoint gives to pods: what a kubelet
/// that starts believes before any service of it can be asked. The file is
/// kubelet_internal_checkpoint in the plugin folder, JSON with Data.PodDeviceEntries[] of
/// ResourceName and DeviceIDs by NUMA node (Kubernetes 1.31 to 1.36); its checksum is no part of
/// the answer. Nothing where there is no such file, or none that can be read so.
std::set<HeldDevice> heldInCheckpoint(const std::filesystem::path& file);

} // namespace hdp
