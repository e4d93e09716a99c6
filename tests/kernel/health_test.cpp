// SPDX-License-Identifier: Apache-2.0
#include "tests/kernel/kernel_test.hpp"

namespace hdp::testing {
namespace {

/// What has no event: the daemon looks for itself once a second.
class HealthTest : public KernelTest {
  protected:
    void startWithAChip() {
        start({"--health-interval", "1"});
        first.plug();
        ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    }
};

using AChipOnAKernel = HealthTest;

TEST_F(AChipOnAKernel, IsUnhealthyWhileItsConfigSpaceReadsAllOnes) {
    startWithAChip();

    first.setDead(true);
    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "config-space-dead"));

    first.setDead(false);
    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    EXPECT_EQ(node.cdiNodeOf(first.id()), "/dev/hailo0");
}

TEST_F(AChipOnAKernel, DoesNotTakeAnotherDownWithIt) {
    startWithAChip();
    second.plug();
    ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}, {second.id(), healthy}}));

    first.setDead(true);

    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}, {second.id(), healthy}}));
    EXPECT_EQ(node.cdiNodeOf(second.id()), "/dev/hailo1");
}

} // namespace
} // namespace hdp::testing
