// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/cdi_extras.hpp"

#include <utility>

namespace hdp {

namespace {

void findLibraries(const Inventory& inventory,
                   const ContainerSettings& container,
                   FoundCdiExtras& found) {
    for (const auto& status : inventory.devices) {
        if (!status.device.driverVersion) {
            continue;
        }
        const auto& version = *status.device.driverVersion;
        if (auto library = findLibrary(container, version)) {
            found.extras.libraries.emplace(version, *std::move(library));
        } else {
            found.missing.insert(absenceOfLibrary(container, version));
        }
    }
}

} // namespace

FoundCdiExtras findCdiExtras(const Inventory& inventory,
                             const ContainerSettings& container,
                             const Simulation& simulation) {
    auto common = findExtras(container);
    FoundCdiExtras found{.extras = {.permissions = container.devicePermissions,
                                    .nodeMode = container.nodeMode,
                                    .nodeGroup = container.nodeGroup,
                                    .common = std::move(common.extras),
                                    .simulation = simulation},
                         .missing = {common.missing.begin(), common.missing.end()}};
    findLibraries(inventory, container, found);
    return found;
}

} // namespace hdp
