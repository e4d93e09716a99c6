// SPDX-License-Identifier: Apache-2.0
#include "hotplug/pci_bus.hpp"

#include <utility>

namespace hdp::hotplug {

std::vector<PciFunction> PciBus::hailoFunctions() {
    const auto bus = Folder::open(path_);
    const auto entries = bus ? bus->entries() : std::vector<FolderEntry>{};
    identities_.retain(entries);
    std::vector<PciFunction> functions;
    DriverVersions versions;
    for (const FolderEntry& entry : entries) {
        const auto* identity = identityOf(*bus, entry);
        if (identity != nullptr && identity->id.vendor == hailoVendor) {
            functions.push_back(readPciFunction(*bus, entry.name, *identity, versions));
        }
    }
    return functions;
}

const PciFunction::Identity* PciBus::identityOf(const Folder& bus, const FolderEntry& entry) {
    if (const auto* known = identities_.find(entry.name)) {
        return known;
    }
    auto identity = identify(bus, entry.name);
    if (!identity) {
        return nullptr;
    }
    identities_.remember(entry, *std::move(identity));
    return identities_.find(entry.name);
}

} // namespace hdp::hotplug
