// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/probe_watch.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/support/loop_runner.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

hotplug::Device probed(const char* id) {
    return with(hotplug::Reason::ClassDeviceMissing, chip(id));
}

class ProbeWatchTest : public ::testing::Test {
  protected:
    void show(const std::vector<hotplug::Device>& devices) {
        watch.onInventory(std::make_shared<const Inventory>(inventoryOf(devices)));
    }

    /// Nothing is left to wait for.
    bool isSilent() {
        loop.restart();
        return loop.poll() == 0 && loop.stopped();
    }

    boost::asio::io_context loop;
    int lookCount = 0;
    ProbeWatch watch{loop, {.first = 4ms, .longest = 16ms}, [this] { ++lookCount; }};
};

using AProbeWatch = ProbeWatchTest;

TEST_F(AProbeWatch, IsSilentWhileNoChipIsBeingProbed) {
    show({chip(firstId), unboundChip(secondId)});

    EXPECT_TRUE(isSilent());
}

TEST_F(AProbeWatch, LooksAFewTimesAndThenGivesUp) {
    show({probed(firstId)});
    loop.run();

    EXPECT_EQ(lookCount, 3);
}

TEST_F(AProbeWatch, EndsWithTheProbe) {
    show({probed(firstId)});
    EXPECT_TRUE(runUntil(loop, [this] { return lookCount > 0; }));
    show({unboundChip(firstId)});
    const auto already = lookCount;

    loop.run();
    EXPECT_EQ(lookCount, already);
}

TEST_F(AProbeWatch, BeginsAnewForTheNextChip) {
    show({probed(firstId)});
    loop.run();
    show({probed(firstId), probed(secondId)});
    loop.restart();
    loop.run();

    EXPECT_EQ(lookCount, 6);
}

TEST_F(AProbeWatch, IsSilentAfterItIsStopped) {
    show({probed(firstId)});
    watch.stop();

    loop.run();
    EXPECT_EQ(lookCount, 0);
}

} // namespace
} // namespace hdp::testing
