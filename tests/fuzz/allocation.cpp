// SPDX-License-Identifier: Apache-2.0
// The kubelet's Allocate, with all that a handover stands on.
#include "daemon/plugin/allocation.hpp"

#include "cdi/names.hpp"
#include "daemon/files/inotify.hpp"
#include "daemon/handover/allocation_error.hpp"
#include "daemon/log.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/machine.hpp"
#include "tests/fuzz/request.hpp"
#include "tests/support/temporary_directory.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace hdp::testing {

namespace {

using Request = v1beta1::AllocateRequest;
using Response = v1beta1::AllocateResponse;
using Ids = std::vector<std::string>;

constexpr auto kind = "hailo.ai/device";

/// A daemon's handover in a folder of its own.
struct Host {
    Host() {
        log::setUp(log::Level::Error, log::Format::Text);
        links.onInventory(inventory);
        cdi.onInventory(inventory);
    }

    TemporaryDirectory folder;
    boost::asio::io_context loop;
    Inotify inotify{loop};
    InventoryPtr inventory = machine();
    NodeLinks links{folder.path() / "devices"};
    ClassViews views{folder.path() / "views"};
    CdiPublisher cdi{inotify, folder.path() / "cdi", kind};
    Handover handover{
        {{HandoverMode::CdiCri, HandoverMode::CdiAnnotations, HandoverMode::DeviceSpecs},
         "hailo.ai/device"},
        cdi,
        links,
        views};
};

Host& host() {
    static Host one;
    return one;
}

bool isHealthy(const std::string& id) {
    const auto& devices = host().inventory->devices;
    const auto found = std::ranges::find(devices, id, &DeviceStatus::id);
    return found != devices.end() && found->health == Health::Healthy;
}

/// Whether each container names chips, and each chip is Healthy and named once.
bool isGrantable(const Request& request) {
    std::set<std::string> seen;
    return std::ranges::all_of(request.container_requests(), [&seen](const auto& container) {
        return !container.devices_ids().empty() &&
               std::ranges::all_of(container.devices_ids(), [&seen](const auto& id) {
                   return isHealthy(id) && seen.insert(id).second;
               });
    });
}

Ids cdiNamesOf(const v1beta1::ContainerAllocateResponse& response) {
    Ids names;
    std::ranges::transform(response.cdi_devices(), std::back_inserter(names),
                           &v1beta1::CDIDevice::name);
    return names;
}

void requireGranted(const v1beta1::ContainerAllocateRequest& request,
                    const v1beta1::ContainerAllocateResponse& response) {
    Ids wanted;
    std::ranges::transform(request.devices_ids(), std::back_inserter(wanted),
                           [](const auto& id) { return cdi::qualifiedName(kind, id); });
    std::ranges::sort(wanted);
    auto names = cdiNamesOf(response);
    std::ranges::sort(names);
    require(names == wanted, "a container gets the chips that it asks for");
    require(response.devices_size() == request.devices_ids_size(), "a node for each chip");
    for (const auto& node : response.devices()) {
        std::error_code ignored;
        require(std::filesystem::is_symlink(node.host_path(), ignored),
                "a node is reached through its chip's link", node.host_path());
    }
}

} // namespace

void tryOut(std::string_view input) {
    const auto request = messageIn<Request>(input);
    if (!request) {
        return;
    }
    const bool isGood = isGrantable(*request);
    try {
        const auto response = allocate(*host().inventory, host().handover, *request);
        require(isGood, "what is not ours, not well or named twice is refused",
                request->ShortDebugString());
        require(response.container_responses_size() == request->container_requests_size(),
                "each container is answered");
        for (int index = 0; index < request->container_requests_size(); ++index) {
            requireGranted(request->container_requests(index), response.container_responses(index));
        }
        const auto again = allocate(*host().inventory, host().handover, *request);
        require(again.DebugString() == response.DebugString(), "the same request, the same answer");
    } catch (const AllocationError& error) {
        requireSentence(error.what());
        require(!isGood, "only what cannot be granted is refused", error.what());
    }
}

} // namespace hdp::testing
