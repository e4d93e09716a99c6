// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/allocation.hpp"

#include "cdi/text.hpp"
#include "daemon/handover/allocation_error.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace hdp {

namespace {

using Kind = AllocationError::Kind;
using Seen = std::set<std::string_view>;

/// Ids come from outside and may be anything; the sentence that quotes one is shown to people.
std::string quote(std::string_view id) {
    constexpr std::size_t longest = 63; // the API's own limit for a device id
    const auto quoted = cdi::inQuotes(id.substr(0, longest));
    return id.size() <= longest ? quoted : quoted + "… (" + std::to_string(id.size()) + " bytes)";
}

const DeviceStatus& deviceFor(const Inventory& inventory, std::string_view id) {
    if (id.empty()) {
        throw AllocationError(Kind::InvalidRequest, "the request names an empty device id");
    }
    const auto* status = inventory.find(id);
    if (status == nullptr) {
        throw AllocationError(Kind::InvalidRequest,
                              "device " + quote(id) +
                                  " is unknown to hailo-device-plugin on this node");
    }
    if (status->health != Health::Healthy) {
        throw AllocationError(Kind::NotNow, "device " + status->id + " is Unhealthy (" +
                                                std::string{nameOf(status->mainProblem()->reason)} +
                                                "): " + status->mainProblem()->sentence);
    }
    return *status;
}

DeviceSet devicesFor(const Inventory& inventory,
                     const v1beta1::ContainerAllocateRequest& container,
                     Seen& seen) {
    if (container.devices_ids().empty()) {
        throw AllocationError(Kind::InvalidRequest,
                              "the request has a container that names no device");
    }
    DeviceSet devices;
    for (const auto& id : container.devices_ids()) {
        if (!seen.insert(id).second) {
            throw AllocationError(Kind::InvalidRequest,
                                  "the request names device " + quote(id) + " twice");
        }
        devices.push_back(&deviceFor(inventory, id));
    }
    std::ranges::sort(devices, {},
                      [](const DeviceStatus* status) { return status->device.address; });
    return devices;
}

} // namespace

v1beta1::AllocateResponse allocate(const Inventory& inventory,
                                   const Handover& handover,
                                   const v1beta1::AllocateRequest& request) {
    Seen seen;
    v1beta1::AllocateResponse response;
    for (const auto& container : request.container_requests()) {
        *response.add_container_responses() =
            handover.respond(devicesFor(inventory, container, seen));
    }
    return response;
}

} // namespace hdp
