// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/resource_devices.hpp"
#include "tests/daemon/builders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto mineId = "0000:01:00.0";
constexpr auto otherId = "0000:02:00.0";

class Recorder final : public InventoryObserver {
  public:
    void onInventory(const InventoryPtr& inventory) override { seen.push_back(inventory); }

    std::vector<InventoryPtr> seen;
};

class ResourceDevicesTest : public ::testing::Test {
  protected:
    /// A chip of this resource, and one of another.
    static Inventory twoResources() {
        auto inventory = inventoryOf({chip(mineId), chip(otherId, 1)});
        inventory.devices[0].resource = "a.ai/mine";
        inventory.devices[1].resource = "a.ai/other";
        return inventory;
    }

    void publish(Inventory inventory) {
        inventory.generation = ++generation;
        devices.onInventory(std::make_shared<const Inventory>(std::move(inventory)));
    }

    std::uint64_t generation = 0;
    Recorder recorder;
    ResourceDevices devices{"a.ai/mine", recorder};
};

using TheDevicesOfAResource = ResourceDevicesTest;

TEST_F(TheDevicesOfAResource, AreItsOwnOnly) {
    publish(twoResources());

    ASSERT_THAT(recorder.seen, SizeIs(1));
    ASSERT_THAT(recorder.seen[0]->devices, SizeIs(1));
    EXPECT_EQ(recorder.seen[0]->devices[0].id, mineId);
    EXPECT_EQ(devices.current(), recorder.seen[0]);
}

TEST_F(TheDevicesOfAResource, AreToldOfEvenWhenThereAreNone) {
    publish({});

    ASSERT_THAT(recorder.seen, SizeIs(1));
    EXPECT_THAT(recorder.seen[0]->devices, IsEmpty());
}

TEST_F(TheDevicesOfAResource, AreNotToldOfAgainWhenAnotherResourceChanged) {
    publish(twoResources());
    auto changed = twoResources();
    changed.devices[1].health = Health::Unhealthy;
    publish(changed);

    EXPECT_THAT(recorder.seen, SizeIs(1));
}

TEST_F(TheDevicesOfAResource, AreToldOfWhenOneOfThemChanged) {
    publish(twoResources());
    auto changed = twoResources();
    changed.devices[0].health = Health::Unhealthy;
    publish(changed);

    ASSERT_THAT(recorder.seen, SizeIs(2));
    EXPECT_EQ(recorder.seen[1]->devices[0].health, Health::Unhealthy);
    EXPECT_EQ(recorder.seen[1]->generation, 2U);
}

TEST_F(TheDevicesOfAResource, AreTheWholeInventoryWhereThereIsNoOtherResource) {
    auto inventory = twoResources();
    inventory.devices.pop_back();
    inventory.generation = 1;
    const auto whole = std::make_shared<const Inventory>(inventory);
    devices.onInventory(whole);

    EXPECT_EQ(devices.current(), whole);
}

} // namespace
} // namespace hdp::testing
