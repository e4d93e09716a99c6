// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

namespace hdp {

/// Writes one log line for each chip that changed.
class TransitionLog final : public InventoryObserver {
  public:
    void onInventory(const InventoryPtr& inventory) override;

  private:
    InventoryPtr last_ = std::make_shared<const Inventory>();
};

} // namespace hdp
