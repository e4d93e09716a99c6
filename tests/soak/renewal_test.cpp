// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/node.hpp"
#include "tests/soak/inotify_limit.hpp"
#include "tests/support/fixture.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <optional>

namespace hdp::testing {
namespace {

const MockChip chip{.address = {0, 1, 0, 0}};
constexpr auto id = "0000:01:00.0";

/// A daemon that is told to begin anew while nobody can have another inotify instance.
class RenewalTest : public ::testing::Test {
  protected:
    RenewalTest() {
        node.hardware.plug(chip);
        node.kubelet.start();
    }

    void renewInVain() {
        node.startDaemon();
        ASSERT_TRUE(node.kubeletSees({{id, "Healthy"}}));
        limit.emplace();
        writeFile(node.configFile(), "handover: [cdi-cri]\n");
        ASSERT_TRUE(node.daemon().says("cannot begin anew: inotify_init1")) << node.daemon().log();
    }

    Node node;
    std::optional<InotifyLimit> limit;
};

using ADaemonThatCannotBeginAnew = RenewalTest;

TEST_F(ADaemonThatCannotBeginAnew, DoesAsSoonAsItCan) {
    ASSERT_NO_FATAL_FAILURE(renewInVain());

    limit.reset();

    node.kubelet.waitForRegistration(Node::resource, 2);
    EXPECT_TRUE(node.kubeletSees({{id, "Healthy"}}));
    EXPECT_EQ(node.daemon().count("cannot begin anew"), 1U);
}

TEST_F(ADaemonThatCannotBeginAnew, CanBeStopped) {
    ASSERT_NO_FATAL_FAILURE(renewInVain());

    node.daemon().signal(SIGTERM);

    EXPECT_TRUE(node.daemon().wait()) << node.daemon().log();
}

} // namespace
} // namespace hdp::testing
