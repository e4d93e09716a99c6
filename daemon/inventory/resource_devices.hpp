// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <string>

namespace hdp {

/// The chips of one resource, which are the whole world to its plugin. Passes each inventory on to
/// one observer, without the chips of other resources, when something about its own chips has
/// changed; the first always, because that there is none is news too. Loop thread only.
class ResourceDevices final : public InventoryObserver {
  public:
    /// The observer must outlive the last inventory.
    ResourceDevices(std::string resource, InventoryObserver& observer);

    void onInventory(const InventoryPtr& inventory) override;

    /// What was passed on last; before the first an empty inventory of generation 0.
    [[nodiscard]] const InventoryPtr& current() const { return current_; }

  private:
    [[nodiscard]] InventoryPtr shareOf(const InventoryPtr& inventory) const;

    std::string resource_;
    InventoryObserver& observer_;
    InventoryPtr current_;
};

} // namespace hdp
