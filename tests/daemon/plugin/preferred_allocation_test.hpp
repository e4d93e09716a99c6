// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/plugin/preferred_allocation.hpp"
#include "tests/daemon/builders.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace hdp::testing {

using Ids = std::vector<std::string>;
using Policy = AllocationPolicy;

/// A chip on a NUMA node, behind a switch of that node: "0000:<bus>:00.0" for bus "0a".
inline hotplug::Device placed(std::string_view bus, int node, unsigned uplink) {
    const auto root = fmt::format("{:04x}:00:{:02x}.0", node + 1, uplink);
    const auto upper = fmt::format("{:04x}:{:02x}:00.0", node + 1, uplink);
    const auto port = fmt::format("{:04x}:{:02x}:01.0", node + 1, uplink + 0x80);
    return on(node, behind({root, upper, port}, chip(fmt::format("0000:{}:00.0", bus))));
}

inline std::string idOf(std::string_view bus) {
    return fmt::format("0000:{}:00.0", bus);
}

inline Ids idsOf(const Inventory& inventory) {
    Ids ids;
    std::ranges::transform(inventory.devices, std::back_inserter(ids), &DeviceStatus::id);
    return ids;
}

/// Two nodes; the first has two switches. Buses in the order of places: 01 03 | 02 04 || 05 06.
inline Inventory twoNodes() {
    return inventoryOf({placed("01", 0, 1), placed("02", 0, 2), placed("03", 0, 1),
                        placed("04", 0, 2), placed("05", 1, 1), placed("06", 1, 1)});
}

class PreferredAllocationTest : public ::testing::Test {
  protected:
    void container(const Ids& available, const Ids& must, int size) {
        auto& one = *request.add_container_requests();
        *one.mutable_available_deviceids() = {available.begin(), available.end()};
        *one.mutable_must_include_deviceids() = {must.begin(), must.end()};
        one.set_allocation_size(size);
    }

    [[nodiscard]] Ids answerTo(int which) const {
        const auto answer = preferredAllocation(inventory, policy, request);
        const auto& ids = answer.container_responses(which).deviceids();
        return {ids.begin(), ids.end()};
    }

    /// The answer for one container that wants so many of all chips.
    Ids prefer(int size, const Ids& must = {}) {
        request.Clear();
        container(idsOf(inventory), must, size);
        return answerTo(0);
    }

    Inventory inventory = twoNodes();
    Policy policy = Policy::Packed;
    v1beta1::PreferredAllocationRequest request;
};

} // namespace hdp::testing
