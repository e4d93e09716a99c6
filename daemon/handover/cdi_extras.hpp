// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/handover/cdi_devices.hpp"
#include "daemon/handover/container_settings.hpp"
#include "daemon/inventory/inventory.hpp"
#include "daemon/simulate/simulation.hpp"

#include <set>
#include <string>

namespace hdp {

/// What of the settings the CDI file can bring to containers at this moment.
struct FoundCdiExtras {
    CdiExtras extras{};
    std::set<std::string> missing{}; ///< sentences about what the host lacks, which is left out
};

/// For the chips of this inventory. Looks at the disk.
FoundCdiExtras findCdiExtras(const Inventory& inventory,
                             const ContainerSettings& container,
                             const Simulation& simulation = {});

} // namespace hdp
