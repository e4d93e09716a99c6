// SPDX-License-Identifier: Apache-2.0
#include "tests/kernel/kernel_test.hpp"

#include <set>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using AKernelWithSeveralBuses = KernelTest;

TEST_F(AKernelWithSeveralBuses, TellsTheKubeletTheNumaNodeOfEachChip) {
    start();
    first.plug();
    remote.plug();
    wide.plug();

    ASSERT_TRUE(
        node.kubeletSees({{first.id(), healthy}, {remote.id(), healthy}, {wide.id(), healthy}}));
    EXPECT_EQ(numaNodesOf(first), std::vector{0});
    EXPECT_EQ(numaNodesOf(remote), std::vector{1});
    EXPECT_EQ(numaNodesOf(wide), std::vector<int>{});
    EXPECT_TRUE(cdiLeadsTo(first));
    EXPECT_TRUE(cdiLeadsTo(remote));
}

TEST_F(AKernelWithSeveralBuses, GivesAPodChipsBehindTheSameSwitch) {
    start();
    Slot neighbour{"0002:06:00.0"};
    first.plug();
    remote.plug();
    neighbour.plug();
    ASSERT_TRUE(node.kubeletSees(
        {{first.id(), healthy}, {remote.id(), healthy}, {neighbour.id(), healthy}}));

    const auto allocation = node.kubelet.allocate(
        {.podUid = "pod", .container = "main", .resource = BareNode::resource, .count = 2});

    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    EXPECT_EQ((std::set<std::string>{allocation.deviceIds.begin(), allocation.deviceIds.end()}),
              (std::set{remote.id(), neighbour.id()}));
}

TEST_F(AKernelWithSeveralBuses, WarnsOfADomainThatHailoRtCannotAddress) {
    start();

    wide.plug();

    EXPECT_TRUE(node.kubeletSees({{wide.id(), healthy}}));
    EXPECT_TRUE(logTells(wide, healthy, "wide-domain"));
}

} // namespace
} // namespace hdp::testing
