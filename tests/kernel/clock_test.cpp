// SPDX-License-Identifier: Apache-2.0
#include "tests/kernel/kernel_test.hpp"

#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;
using Jump = std::chrono::duration<std::int64_t, std::ratio<86400>>; // days

/// The guest's clock, which nobody else goes by.
class ClockTest : public KernelTest {
  protected:
    ~ClockTest() override { jump(-sum_); }

    void jump(Jump days) {
        timespec time{};
        ::clock_gettime(CLOCK_REALTIME, &time);
        time.tv_sec += std::chrono::seconds{days}.count();
        if (::clock_settime(CLOCK_REALTIME, &time) != 0) {
            throw std::system_error(errno, std::generic_category(), "clock_settime");
        }
        sum_ += days;
    }

    /// Chips come and go, kubelets die, and pods get chips.
    void expectItWorks() {
        const auto registrations = node.kubelet.registrations().size();
        second.plug();
        ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}, {second.id(), healthy}}));
        EXPECT_EQ(node.kubelet.registrations().size(), registrations);

        node.kubelet.restart();
        second.pullOut();

        ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}, {second.id(), unhealthy}}));
        const auto allocation = node.kubelet.allocate(
            {.podUid = "pod", .container = "main", .resource = BareNode::resource, .count = 1});
        EXPECT_TRUE(allocation.admitted()) << allocation.error;
        node.kubelet.forgetPod("pod");
    }

  private:
    Jump sum_{0};
};

using AClock = ClockTest;

TEST_F(AClock, JumpsBackAndForthAndNothingComesOfIt) {
    start({"--health-interval", "1"});
    first.plug();
    ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}}));

    for (const auto days : {1, -2, 400, -399}) {
        jump(Jump{days});
        ASSERT_NO_FATAL_FAILURE(expectItWorks()) << "after a jump by " << days << " days";
    }
}

TEST_F(AClock, StartsInThePastAsWithoutABatteryAndIsSetLater) {
    constexpr Jump decades{-20 * 365};
    jump(decades);
    start({"--health-interval", "1"});
    first.plug();
    ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}}));

    jump(-decades);

    expectItWorks();
}

} // namespace
} // namespace hdp::testing
