// SPDX-License-Identifier: Apache-2.0
#include "daemon/service.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/systemd/datagram_receiver.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::testing {
namespace {

const Listening nobody{{"hailo.ai/device", false}};
const Listening kubelet{{"hailo.ai/device", true}};

TEST(AStatus, CountsChips) {
    EXPECT_EQ(statusOf(inventoryOf({}), nobody), "no chips, waiting for the kubelet");
    EXPECT_EQ(statusOf(inventoryOf({chip("0000:01:00.0")}), nobody),
              "1 chip, waiting for the kubelet");
    EXPECT_EQ(statusOf(inventoryOf({chip("0000:01:00.0"), chip("0000:02:00.0", 1)}), kubelet),
              "2 chips, registered with the kubelet");
}

TEST(AStatus, CountsWhatIsWrong) {
    EXPECT_EQ(statusOf(inventoryOf({chip("0000:01:00.0"), unboundChip("0000:02:00.0")}), kubelet),
              "2 chips, 1 unhealthy, registered with the kubelet");
    EXPECT_EQ(statusOf(afterRemoval(inventoryOf({chip("0000:01:00.0")})), kubelet),
              "no chips, 1 gone, registered with the kubelet");
}

TEST(AStatus, NamesResourcesThatTheKubeletLacks) {
    EXPECT_EQ(statusOf(inventoryOf({}), {{"a.b/c", true}, {"a.b/d", false}}),
              "no chips, waiting for the kubelet to take a.b/d");
    EXPECT_EQ(statusOf(inventoryOf({}), {{"a.b/c", false}, {"a.b/d", false}}),
              "no chips, waiting for the kubelet");
}

class ServiceTest : public ::testing::Test {
  protected:
    DatagramReceiver systemd;
    boost::asio::io_context loop;
    Service service{loop, {.notifySocket = systemd.address(), .journalStream = {}, .watchdog = {}}};
};

using AService = ServiceTest;

TEST_F(AService, TellsItsStatusWhenItChanges) {
    service.onKubelet("hailo.ai/device", false);
    EXPECT_TRUE(systemd.isEmpty());

    service.onInventory(snapshotOf({chip("0000:01:00.0")}));
    service.onInventory(snapshotOf({chip("0000:01:00.0")}));
    service.onKubelet("hailo.ai/device", true);

    EXPECT_EQ(systemd.next(), "STATUS=1 chip, waiting for the kubelet");
    EXPECT_EQ(systemd.next(), "STATUS=1 chip, registered with the kubelet");
    EXPECT_TRUE(systemd.isEmpty());
}

TEST_F(AService, IsReadyAgainAfterReloading) {
    service.ready();
    service.reloading();
    service.reloaded();

    EXPECT_EQ(systemd.next(), "READY=1");
    EXPECT_TRUE(systemd.next().starts_with("RELOADING=1\nMONOTONIC_USEC="));
    EXPECT_EQ(systemd.next(), "READY=1");
}

TEST_F(AService, IsNotReadyByReloading) {
    service.reloading();
    service.reloaded();

    EXPECT_TRUE(systemd.next().starts_with("RELOADING=1"));
    EXPECT_TRUE(systemd.isEmpty());
}

TEST_F(AService, HasNoStatusButStoppingInTheEnd) {
    service.stopping();
    service.onInventory(snapshotOf({}));

    EXPECT_EQ(systemd.next(), "STOPPING=1\nSTATUS=stopping");
    EXPECT_TRUE(systemd.isEmpty());
}

} // namespace
} // namespace hdp::testing
