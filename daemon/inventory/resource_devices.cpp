// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/resource_devices.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hdp {

ResourceDevices::ResourceDevices(std::string resource, InventoryObserver& observer)
    : resource_(std::move(resource)),
      observer_(observer),
      current_(std::make_shared<const Inventory>()) {}

void ResourceDevices::onInventory(const InventoryPtr& inventory) {
    auto share = shareOf(inventory);
    const bool isFirst = current_->generation == 0;
    if (isFirst || share->devices != current_->devices) {
        current_ = std::move(share);
        observer_.onInventory(current_);
    }
}

InventoryPtr ResourceDevices::shareOf(const InventoryPtr& inventory) const {
    const auto isMine = [this](const DeviceStatus& status) { return status.resource == resource_; };
    if (std::ranges::all_of(inventory->devices, isMine)) {
        return inventory;
    }
    Inventory share{inventory->generation, {}, inventory->eventAt};
    std::ranges::copy_if(inventory->devices, std::back_inserter(share.devices), isMine);
    return std::make_shared<const Inventory>(std::move(share));
}

} // namespace hdp
