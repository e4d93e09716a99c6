// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/device_ledger.hpp"
#include "tests/fake_kubelet/sample_plugin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp::testing {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DeviceLedgerTest : public ::testing::Test {
  protected:
    static constexpr auto grace = seconds(300);
    const DeviceLedger::TimePoint start_{};
    DeviceLedger ledger_;
};

using ADeviceLedger = DeviceLedgerTest;

TEST_F(ADeviceLedger, KnowsNoResourceBeforeItsFirstList) {
    ledger_.connect("r");
    EXPECT_EQ(ledger_.capacity("r"), std::nullopt);
    EXPECT_FALSE(ledger_.isRegistered("r"));
}

TEST_F(ADeviceLedger, CountsHealthyAndUnhealthyDevices) {
    ledger_.replace("r", deviceList({"a", "b"}, {"c"}));
    EXPECT_EQ(ledger_.capacity("r"), (Capacity{3, 2}));
}

TEST_F(ADeviceLedger, TakesAnyWordButHealthyForUnhealthy) {
    auto list = deviceList({"a", "b"});
    list.mutable_devices(1)->set_health("healthy");
    ledger_.replace("r", list);
    EXPECT_THAT(ledger_.healthy("r"), ElementsAre("a"));
}

TEST_F(ADeviceLedger, CountsAnIdWithTwoHealthsTwice) {
    ledger_.replace("r", deviceList({"a"}, {"a"}));
    EXPECT_EQ(ledger_.capacity("r"), (Capacity{2, 1}));
}

TEST_F(ADeviceLedger, ForgetsWhatTheNewListLacks) {
    ledger_.replace("r", deviceList({"a", "b"}));
    ledger_.replace("r", deviceList({"b"}));
    EXPECT_EQ(ledger_.capacity("r"), (Capacity{1, 1}));
    EXPECT_FALSE(ledger_.isListed("r", "a"));
}

TEST_F(ADeviceLedger, KeepsTheCapacityOfAStoppedResource) {
    ledger_.replace("r", deviceList({"a", "b"}, {"c"}));
    ledger_.stop("r", start_);
    EXPECT_EQ(ledger_.capacity("r"), (Capacity{3, 0}));
}

TEST_F(ADeviceLedger, HasAnEmptyResourceWhenItStoppedBeforeTheFirstList) {
    ledger_.stop("r", start_);
    EXPECT_EQ(ledger_.capacity("r"), (Capacity{0, 0}));
    EXPECT_FALSE(ledger_.isRegistered("r"));
}

TEST_F(ADeviceLedger, DropsAStoppedResourceAfterTheGracePeriodAndNotBefore) {
    ledger_.replace("r", deviceList({"a"}));
    ledger_.stop("r", start_);
    EXPECT_FALSE(ledger_.expire(start_ + grace - seconds(1), grace));
    EXPECT_TRUE(ledger_.expire(start_ + grace, grace));
    EXPECT_EQ(ledger_.capacity("r"), std::nullopt);
}

TEST_F(ADeviceLedger, KeepsAStoppedResourceThatConnectsInTime) {
    ledger_.replace("r", deviceList({"a"}));
    ledger_.stop("r", start_);
    ledger_.connect("r");
    EXPECT_FALSE(ledger_.expire(start_ + grace, grace));
    EXPECT_EQ(ledger_.nextExpiry(grace), std::nullopt);
    EXPECT_EQ(ledger_.capacity("r"), (Capacity{1, 0}));
}

TEST_F(ADeviceLedger, RestoresAResourceAsStoppedAndEmpty) {
    ledger_.restore("r", start_);
    EXPECT_EQ(ledger_.capacity("r"), (Capacity{0, 0}));
    EXPECT_TRUE(ledger_.isRegistered("r"));
    EXPECT_EQ(ledger_.nextExpiry(grace), start_ + grace);
}

TEST_F(ADeviceLedger, KnowsTheNumaNodesOfADevice) {
    auto list = deviceList({"a", "b"});
    list.mutable_devices(0)->mutable_topology()->add_nodes()->set_id(1);
    ledger_.replace("r", list);
    EXPECT_THAT(ledger_.numaNodes("r", "a"), ElementsAre(1));
    EXPECT_THAT(ledger_.numaNodes("r", "b"), IsEmpty());
}

} // namespace hdp::testing
