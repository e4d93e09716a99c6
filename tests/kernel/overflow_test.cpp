// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/eventually.hpp"
#include "tests/kernel/kernel_test.hpp"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/types.h>

namespace hdp::testing {
namespace {

/// How many messages the kernel could not give to the netlink sockets of a process. The columns of
/// /proc/net/netlink are sk, Eth, Pid, Groups, Rmem, Wmem, Dump, Locks, Drops, Inode; a process's
/// first socket has its number, which is in the column Pid.
std::uint64_t dropsOf(pid_t process) {
    std::ifstream table{"/proc/net/netlink"};
    std::uint64_t drops = 0;
    for (std::string line; std::getline(table, line);) {
        std::istringstream fields{line};
        std::string ignored;
        std::int64_t owner = 0;
        std::uint64_t dropped = 0;
        fields >> ignored >> ignored >> owner >> ignored >> ignored >> ignored >> ignored >>
            ignored >> dropped;
        drops += fields && owner == process ? dropped : 0;
    }
    return drops;
}

class OverflowTest : public KernelTest {
  protected:
    /// udevd still has events of the flood, and keeps later ones of the same chip behind them.
    void TearDown() override {
        KernelTest::TearDown();
        EXPECT_TRUE(eventually([] { return !std::filesystem::exists("/run/udev/queue"); },
                               std::chrono::minutes{2}));
    }

    /// Says nothing new of a chip until nobody can hear it any more. udevd takes its time.
    [[nodiscard]] bool flood(const Slot& slot) {
        constexpr int most = 50'000;
        for (int count = 0; count < most; ++count) {
            std::ofstream{"/sys/bus/pci/devices/" + slot.id() + "/uevent"} << "change";
            if (dropsOf(node.daemon().pid()) > 0) {
                return true;
            }
        }
        return false;
    }
};

using AQueueOfUevents = OverflowTest;

TEST_F(AQueueOfUevents, OverflowsAndNoChipIsLost) {
    start();
    first.plug();
    ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}}));

    node.daemon().signal(SIGSTOP);
    EXPECT_TRUE(flood(first));
    first.pullOut();
    second.plug();
    node.daemon().signal(SIGCONT);

    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}, {second.id(), healthy}}));
    EXPECT_TRUE(node.daemon().says("the kernel dropped uevents"));
    EXPECT_TRUE(cdiLeadsTo(second));
}

} // namespace
} // namespace hdp::testing
