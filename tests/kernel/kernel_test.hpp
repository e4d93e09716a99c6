// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/bare_node.hpp"
#include "tests/kernel/driver_module.hpp"
#include "tests/kernel/slot.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {

/// A node whose hardware is the guest's kernel: four slots, a driver for Hailo-8, and, on demand,
/// the daemon and the kubelet. The daemon hears uevents from whom HDP_UEVENTS says, and has no
/// timer, so that nothing but uevents can tell it anything.
class KernelTest : public ::testing::Test {
  protected:
    static constexpr auto healthy = "Healthy";
    static constexpr auto unhealthy = "Unhealthy";

    /// Shows what the daemon said until now if something was not as expected.
    void TearDown() override;

    /// Starts kubelet and daemon; the flags come last and so win.
    void start(const std::vector<std::string>& flags = {});

    /// Whether the log told of this chip in this state, for this reason, so many times.
    [[nodiscard]] bool
    logTells(const Slot& slot, std::string_view health, std::string_view reason, int times = 1);

    /// Whether the CDI file names the node that the driver made for the chip, and there is one.
    [[nodiscard]] ::testing::AssertionResult cdiLeadsTo(const Slot& slot) const;

    /// The NUMA nodes that the kubelet was told for the chip.
    [[nodiscard]] std::vector<int> numaNodesOf(const Slot& slot) const;

    Slot first{"0001:03:00.0"};
    Slot second{"0001:04:00.0"};
    Slot remote{"0002:03:00.0"}; ///< on the other NUMA node
    Slot wide{"10000:03:00.0"};  ///< in a domain of more than 16 bits, on no NUMA node
    std::optional<DriverModule> driver{std::in_place, "4.23.0"};
    BareNode node;
};

} // namespace hdp::testing
