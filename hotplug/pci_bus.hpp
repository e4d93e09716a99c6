// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/entry_memory.hpp"
#include "hotplug/pci_function.hpp"

#include <filesystem>
#include <vector>

namespace hdp::hotplug {

/// The PCI bus as sysfs shows it. Remembers who its functions are, so that a further look reads
/// only what can change, and nothing at all of the hundreds of functions of other vendors that a
/// server has.
class PciBus {
  public:
    explicit PciBus(const std::filesystem::path& sysRoot) : path_(sysRoot / "bus/pci/devices") {}

    /// All functions of vendor Hailo, in no particular order. Entries that are no readable PCI
    /// function are passed over, and a bus that is not there has none.
    [[nodiscard]] std::vector<PciFunction> hailoFunctions();

    void forget() { identities_ = {}; }

  private:
    const PciFunction::Identity* identityOf(const Folder& bus, const FolderEntry& entry);

    std::filesystem::path path_;
    EntryMemory<PciFunction::Identity> identities_;
};

} // namespace hdp::hotplug
