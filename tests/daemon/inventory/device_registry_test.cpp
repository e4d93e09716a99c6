// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/device_registry.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/support/loop_runner.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

/// Keeps what it is told, and writes its name into a diary that several share.
class Witness final : public InventoryObserver {
  public:
    explicit Witness(std::string name, std::vector<std::string>& diary)
        : name_(std::move(name)), diary_(diary) {}

    void onInventory(const InventoryPtr& inventory) override {
        inventories.push_back(inventory);
        diary_.push_back(name_);
    }

    std::vector<InventoryPtr> inventories;

  private:
    std::string name_;
    std::vector<std::string>& diary_;
};

/// The status of a chip of the only resource.
DeviceStatus offered(hotplug::Device device) {
    auto status = statusOf(std::move(device));
    status.resource = "hailo.ai/device";
    return status;
}

class DeviceRegistryTest : public ::testing::Test {
  protected:
    DeviceRegistryTest() { registry.subscribe(witness); }

    hotplug::Scan scan() {
        ++scans;
        lastScanned = hardware;
        return hardware;
    }

    void lookSoonTwoHundredTimes() {
        for (int event = 0; event < 200; ++event) {
            registry.lookSoon();
        }
    }

    CapturedLog log;
    boost::asio::io_context loop;
    hotplug::Scan hardware;
    hotplug::Scan lastScanned;
    int scans = 0;
    std::vector<std::string> diary;
    Witness witness{"first", diary};
    DeviceRegistry registry{loop, [this] { return scan(); }, {{.resource = "hailo.ai/device"}}};
};

using ADeviceRegistry = DeviceRegistryTest;

TEST_F(ADeviceRegistry, ScansNothingUntilItIsToldToLook) {
    EXPECT_EQ(scans, 0);
    EXPECT_EQ(registry.current()->generation, 0U);
    EXPECT_TRUE(registry.current()->devices.empty());
}

TEST_F(ADeviceRegistry, PublishesWhatItFinds) {
    hardware.devices = {chip(firstId)};
    registry.look();

    ASSERT_EQ(witness.inventories.size(), 1U);
    EXPECT_EQ(witness.inventories[0], registry.current());
    EXPECT_THAT(registry.current()->devices, ElementsAre(offered(chip(firstId))));
}

TEST_F(ADeviceRegistry, PublishesTheFirstLookEvenWhenThereIsNoChip) {
    registry.look();

    ASSERT_EQ(witness.inventories.size(), 1U);
    EXPECT_EQ(witness.inventories[0]->generation, 1U);
    EXPECT_TRUE(witness.inventories[0]->devices.empty());
}

TEST_F(ADeviceRegistry, PublishesNothingWhenALaterLookFindsTheSame) {
    hardware.devices = {chip(firstId)};
    registry.look();
    registry.look();

    EXPECT_EQ(scans, 2);
    EXPECT_EQ(witness.inventories.size(), 1U);
}

TEST_F(ADeviceRegistry, PublishesNothingWhenThereIsStillNoChip) {
    registry.look();
    registry.look();

    EXPECT_EQ(witness.inventories.size(), 1U);
}

TEST_F(ADeviceRegistry, PublishesAChangeOfOneAttribute) {
    hardware.devices = {chip(firstId)};
    registry.look();
    hardware.devices[0].driverVersion = "4.23.1";
    registry.look();

    EXPECT_EQ(witness.inventories.size(), 2U);
}

TEST_F(ADeviceRegistry, CountsGenerationsByOne) {
    for (unsigned index = 0; index < 3; ++index) {
        hardware.devices = {chip(firstId, index)};
        registry.look();
    }

    ASSERT_EQ(witness.inventories.size(), 3U);
    EXPECT_EQ(witness.inventories[0]->generation, 1U);
    EXPECT_EQ(witness.inventories[1]->generation, 2U);
    EXPECT_EQ(witness.inventories[2]->generation, 3U);
}

TEST_F(ADeviceRegistry, LeavesPublishedInventoriesAsTheyWere) {
    hardware.devices = {chip(firstId)};
    registry.look();
    hardware.devices.clear();
    registry.look();

    EXPECT_EQ(witness.inventories[0]->devices[0].health, Health::Healthy);
    EXPECT_EQ(witness.inventories[1]->devices[0].health, Health::Unhealthy);
}

TEST_F(ADeviceRegistry, TellsItsObserversInTheOrderOfSubscription) {
    Witness second{"second", diary};
    Witness third{"third", diary};
    registry.subscribe(second);
    registry.subscribe(third);
    hardware.devices = {chip(firstId)};
    registry.look();

    EXPECT_THAT(diary, ElementsAre("first", "second", "third"));
}

TEST_F(ADeviceRegistry, LooksAtOnceWhenItIsToldToLookSoon) {
    hardware.devices = {chip(firstId)};
    registry.lookSoon();

    EXPECT_EQ(scans, 1);
    EXPECT_EQ(witness.inventories.size(), 1U);
}

TEST_F(ADeviceRegistry, ServesABurstOfTwoHundredEventsWithFewScans) {
    lookSoonTwoHundredTimes();
    const auto atOnce = scans;
    runUntil(loop, [this, atOnce] { return scans > atOnce; });
    runReady(loop);

    EXPECT_LE(scans, 10);
    EXPECT_EQ(scans, atOnce + 1);
}

TEST_F(ADeviceRegistry, AlwaysSeesTheStateAfterTheLastEventOfABurst) {
    for (unsigned event = 0; event < 200; ++event) {
        hardware.devices = {chip(firstId, event)};
        registry.lookSoon();
    }

    EXPECT_TRUE(runUntil(loop, [this] { return lastScanned == hardware; }));
    EXPECT_EQ(registry.current()->devices, std::vector{offered(chip(firstId, 199))});
}

TEST_F(ADeviceRegistry, LooksAgainAfterTheDelayedLookOfABurst) {
    lookSoonTwoHundredTimes();
    const auto atOnce = scans;
    ASSERT_TRUE(runUntil(loop, [this, atOnce] { return scans > atOnce; }));
    hardware.devices = {chip(firstId)};
    registry.lookSoon();

    EXPECT_TRUE(runUntil(loop, [this] { return !registry.current()->devices.empty(); }));
}

TEST_F(ADeviceRegistry, ForgetsADueLookWhenItIsStopped) {
    lookSoonTwoHundredTimes();
    const auto before = scans;
    registry.stop();
    loop.run(); // returns when nothing is due any more

    EXPECT_EQ(scans, before);
}

TEST_F(ADeviceRegistry, SaysWhichResourceEachChipBelongsTo) {
    DeviceRegistry shared{
        loop, [this] { return scan(); }, {parseResourceRule("a.ai/h8:model=hailo-8")}};
    hardware.devices = {chip(firstId), youngChip(secondId)};
    shared.look();

    EXPECT_EQ(shared.current()->devices[0].resource, "a.ai/h8");
    EXPECT_EQ(shared.current()->devices[1].resource, "");
}

TEST_F(ADeviceRegistry, KeepsAVanishedChipInItsResource) {
    hardware.devices = {chip(firstId)};
    registry.look();
    hardware.devices.clear();
    registry.look();

    EXPECT_EQ(registry.current()->devices.at(0).resource, "hailo.ai/device");
}

TEST_F(ADeviceRegistry, RemembersADeviceThatAPodHoldsAndNobodySaw) {
    hardware.devices = {chip(secondId)};
    registry.look();
    registry.remember({{"hailo.ai/device", firstId}});

    const auto& devices = registry.current()->devices;
    ASSERT_EQ(devices.size(), 2U);
    EXPECT_EQ(devices[0].id, firstId) << "the list stays sorted";
    EXPECT_EQ(devices[0].resource, "hailo.ai/device");
    EXPECT_EQ(devices[0].health, Health::Unhealthy);
    EXPECT_TRUE(isTombstone(devices[0]));
}

TEST_F(ADeviceRegistry, RemembersNothingAboutChipsThatAreThere) {
    hardware.devices = {chip(firstId)};
    registry.look();
    registry.remember({{"hailo.ai/device", firstId}});

    EXPECT_EQ(registry.current()->generation, 1U);
    EXPECT_EQ(registry.current()->devices.at(0).health, Health::Healthy);
}

TEST_F(ADeviceRegistry, RemembersNoIdThatIsNoneOfOurs) {
    registry.look();
    registry.remember({{"hailo.ai/device", "gpu-0"}, {"hailo.ai/device", "0000:0A:00.0"}});

    EXPECT_TRUE(registry.current()->devices.empty());
}

TEST_F(ADeviceRegistry, FindsARememberedChipHealthyWhenItReturns) {
    registry.look();
    registry.remember({{"hailo.ai/device", firstId}});
    hardware.devices = {chip(firstId)};
    registry.look();

    EXPECT_EQ(registry.current()->devices.at(0).health, Health::Healthy);
    EXPECT_EQ(registry.current()->devices[0].device.model, "hailo-8");
}

TEST_F(ADeviceRegistry, ForgetsTombstonesOnly) {
    hardware.devices = {chip(firstId), chip(secondId, 1)};
    registry.look();
    hardware.devices = {chip(firstId)};
    registry.look();
    registry.forget({firstId, secondId});

    ASSERT_EQ(registry.current()->devices.size(), 1U);
    EXPECT_EQ(registry.current()->devices[0].id, firstId);
}

TEST_F(ADeviceRegistry, LogsAnAnomalyOnceForAsLongAsItLasts) {
    hardware.anomalies = {"an odd entry", "another odd entry"};
    registry.look();
    registry.look();

    EXPECT_EQ(log.count("an odd entry"), 1U);
    EXPECT_EQ(log.count("another odd entry"), 1U);
}

TEST_F(ADeviceRegistry, LogsAnAnomalyAgainWhenItComesBack) {
    hardware.anomalies = {"an odd entry"};
    registry.look();
    hardware.anomalies.clear();
    registry.look();
    hardware.anomalies = {"an odd entry"};
    registry.look();

    EXPECT_EQ(log.count("an odd entry"), 2U);
}

TEST_F(ADeviceRegistry, LogsOnlyTheAnomalyThatIsNew) {
    hardware.anomalies = {"b is odd"};
    registry.look();
    hardware.anomalies = {"a is odd", "b is odd", "c is odd"};
    registry.look();

    EXPECT_EQ(log.count("a is odd"), 1U);
    EXPECT_EQ(log.count("b is odd"), 1U);
    EXPECT_EQ(log.count("c is odd"), 1U);
}

} // namespace
} // namespace hdp::testing
