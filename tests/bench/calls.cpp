// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/calls.hpp"

#include "tests/integration/bare_node.hpp"

#include <stdexcept>
#include <string>
#include <vector>

namespace hdp::testing {

namespace {

constexpr std::size_t rounds = 1000;

std::vector<std::string> idsOf(const BareNode& node) {
    std::vector<std::string> ids;
    for (const auto& [id, health] : node.devices()) {
        ids.push_back(id);
    }
    return ids;
}

void require(const grpc::Status& status) {
    if (!status.ok()) {
        throw std::runtime_error(status.error_message());
    }
}

/// Many times the same call, which must succeed.
Samples timed(const auto& call) {
    Samples samples;
    for (std::size_t round = 0; round < rounds; ++round) {
        samples.time([&call] { require(call()); });
    }
    return samples;
}

Samples allocate(BareNode& node, const std::string& id) {
    v1beta1::AllocateRequest request;
    request.add_container_requests()->add_devices_ids(id);
    return timed([&] {
        v1beta1::AllocateResponse response;
        return node.kubelet.rawAllocate(BareNode::resource, request, response);
    });
}

/// Half of all that there are.
Samples prefer(BareNode& node, const std::vector<std::string>& ids) {
    v1beta1::PreferredAllocationRequest request;
    auto& container = *request.add_container_requests();
    container.mutable_available_deviceids()->Add(ids.begin(), ids.end());
    container.set_allocation_size(static_cast<int>((ids.size() + 1) / 2));
    return timed([&] {
        v1beta1::PreferredAllocationResponse response;
        return node.kubelet.rawPreferred(BareNode::resource, request, response);
    });
}

void reportWith(Report& report, std::size_t devices) {
    BareNode node;
    node.kubelet.start();
    node.startDaemon({"--simulate", "true", "--simulate-count", std::to_string(devices),
                      "--log-level", "error"});
    node.kubelet.waitForMessage(BareNode::resource, 1);
    const auto ids = idsOf(node);
    const auto suffix = ", " + std::to_string(devices) + (devices == 1 ? " device" : " devices");
    report.addLatency("Allocate of one" + suffix, allocate(node, ids.front()));
    report.addLatency("GetPreferredAllocation of half" + suffix, prefer(node, ids));
}

} // namespace

void reportCalls(Report& report, const Plan& /*plan*/) {
    for (const std::size_t devices : {1U, 8U, 64U, 1024U}) {
        reportWith(report, devices);
    }
}

} // namespace hdp::testing
