// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/inventory.hpp"
#include "daemon/simulate/simulated_hardware.hpp"
#include "tests/support/loop_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class SimulatedHardwareTest : public ::testing::Test {
  protected:
    static Simulation ofTwo() {
        return {.isOn = true, .count = 2, .idPrefix = "sim", .nodeName = "n"};
    }

    SimulatedHardware hardwareOf(const Simulation& simulation) {
        return {loop, simulation, [this] { ++changes; }};
    }

    static std::vector<std::string> idsOf(const hotplug::Scan& scan) {
        std::vector<std::string> ids;
        for (const auto& device : scan.devices) {
            ids.push_back(idOf(device));
        }
        return ids;
    }

    boost::asio::io_context loop;
    int changes = 0;
};

using SimulatedHardwareThat = SimulatedHardwareTest;

TEST_F(SimulatedHardwareThat, IsNotScriptedIsHealthy) {
    const auto scan = hardwareOf(ofTwo()).scan();

    EXPECT_THAT(idsOf(scan), ElementsAre("sim-n-0", "sim-n-1"));
    for (const auto& device : scan.devices) {
        EXPECT_EQ(statusOf(device).health, Health::Healthy);
        EXPECT_FALSE(device.numaNode);
    }
}

TEST_F(SimulatedHardwareThat, HasNumaNodesDealsThemOutInTurn) {
    auto simulation = ofTwo();
    simulation.count = 3;
    simulation.numaNodes = {4, 0};

    const auto scan = hardwareOf(simulation).scan();

    EXPECT_EQ(scan.devices.at(0).numaNode, 4);
    EXPECT_EQ(scan.devices.at(1).numaNode, 0);
    EXPECT_EQ(scan.devices.at(2).numaNode, 4);
}

TEST_F(SimulatedHardwareThat, IsScriptedLooksAsTheScriptWantsFromTheStart) {
    auto simulation = ofTwo();
    simulation.count = 3;
    simulation.script = {{0s, 0, SimulatedState::Unhealthy}, {0s, 1, SimulatedState::Gone}};

    const auto scan = hardwareOf(simulation).scan();

    EXPECT_THAT(idsOf(scan), ElementsAre("sim-n-0", "sim-n-2"));
    const auto broken = statusOf(scan.devices.front());
    EXPECT_EQ(broken.health, Health::Unhealthy);
    EXPECT_EQ(broken.mainProblem()->reason, hotplug::Reason::Simulated);
}

TEST_F(SimulatedHardwareThat, IsScriptedSaysWhenItChanges) {
    auto simulation = ofTwo();
    simulation.script = {{1s, 0, SimulatedState::Gone}};
    const auto hardware = hardwareOf(simulation);
    EXPECT_EQ(hardware.scan().devices.size(), 2U);

    EXPECT_TRUE(runUntil(loop, [this] { return changes == 1; }));

    EXPECT_THAT(idsOf(hardware.scan()), ElementsAre("sim-n-1"));
}

TEST_F(SimulatedHardwareThat, GetsAnotherCountSaysSoAndGoesOnWithItsScript) {
    auto simulation = ofTwo();
    simulation.script = {{1s, 0, SimulatedState::Gone}};
    auto hardware = hardwareOf(simulation);

    simulation.count = 1;
    hardware.follow(simulation);
    EXPECT_EQ(changes, 1);
    EXPECT_THAT(idsOf(hardware.scan()), ElementsAre("sim-n-0"));

    EXPECT_TRUE(runUntil(loop, [this] { return changes == 2; }));
    EXPECT_TRUE(hardware.scan().devices.empty());
}

TEST_F(SimulatedHardwareThat, StopsWaitsForNothing) {
    auto simulation = ofTwo();
    simulation.script = {{1h, 0, SimulatedState::Gone}};
    auto hardware = hardwareOf(simulation);

    hardware.stop();

    loop.run(); // returns
    EXPECT_EQ(changes, 0);
}

} // namespace
} // namespace hdp::testing
