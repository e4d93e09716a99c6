// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/device_list.hpp"

#include <string>

namespace hdp {

v1beta1::ListAndWatchResponse deviceListOf(const Inventory& inventory) {
    v1beta1::ListAndWatchResponse response;
    for (const auto& status : inventory.devices) {
        auto& device = *response.add_devices();
        device.set_id(status.id);
        device.set_health(std::string{nameOf(status.health)});
        if (status.device.numaNode) {
            device.mutable_topology()->add_nodes()->set_id(*status.device.numaNode);
        }
    }
    return response;
}

} // namespace hdp
