// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec.hpp"
#include "daemon/handover/container_extras.hpp"
#include "daemon/inventory/inventory.hpp"
#include "daemon/simulate/simulation.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hdp {

/// What the devices of the CDI file bring besides their nodes and class views.
struct CdiExtras {
    std::string permissions = "rw";
    std::uint32_t nodeMode = 0666; ///< what Hailo's udev rule gives the node on the host
    std::optional<std::uint32_t> nodeGroup{};
    ContainerExtras common{};                           ///< whatever device is asked for
    std::map<std::string, ContainerExtras> libraries{}; ///< by the chip's driver version
    Simulation simulation{};                            ///< what simulated devices bring
};

/// Describes the chips to container runtimes: one CDI device per chip whose device node is
/// known, named by its address, and "all" for the healthy ones together. Nothing when there is no
/// such chip, because a file without devices is invalid. Pure.
///
/// Each device brings its node and a class view: a private tmpfs over its class folder and a
/// read-only bind of its own sysfs folder below it. sysfs is not namespaced, and HailoRT's
/// VDevice() fails at the first chip it sees and cannot open. The CDI library keeps one mount per
/// container path and sorts parents first, so that any set of devices composes.
///
/// A simulated device brings what the simulation says instead: variables, and a node if it is to
/// have one.
///
/// "all" has a library only if its chips agree about it.
std::optional<cdi::Spec>
cdiSpecOf(const Inventory& inventory, std::string_view kind, const CdiExtras& extras = {});

} // namespace hdp
