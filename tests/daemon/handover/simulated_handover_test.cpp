// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec_json.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "daemon/handover/handover.hpp"
#include "daemon/inventory/simulated_name.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/handed_over.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;
using Mode = HandoverMode;

class ASimulatedHandover : public HandedOver {
  protected:
    void SetUp() override { publish({simulatedDevice("sim-n", 0), simulatedDevice("sim-n", 1)}); }

    [[nodiscard]] v1beta1::ContainerAllocateResponse respond(const std::vector<Mode>& modes) const {
        DeviceSet devices;
        for (const auto& status : inventory->devices) {
            devices.push_back(&status);
        }
        return Handover{{.modes = modes,
                         .resource = "hailo.ai/device",
                         .hasSiblings = false,
                         .container = {},
                         .simulation = simulation},
                        cdi,
                        links,
                        views}
            .respond(devices);
    }

    Simulation simulation{.isOn = true,
                          .annotationPrefix = "example.com/sim",
                          .envPrefix = "SIM",
                          .deviceFilePrefix = "sim"};
};

TEST_F(ASimulatedHandover, GivesVariablesAndAnnotationsOfEachDevice) {
    const auto response = respond({Mode::CdiCri});

    EXPECT_THAT(response.envs(), IsSupersetOf({Pair("SIM_0", "/dev/0"), Pair("SIM_1", "/dev/1"),
                                               Pair("HAILO_SIMULATED", "1"),
                                               Pair("HAILO_DEVICE_IDS", "sim-n-0,sim-n-1")}));
    EXPECT_THAT(response.annotations(), UnorderedElementsAre(Pair("example.com/sim-0", "sim-n-0"),
                                                             Pair("example.com/sim-1", "sim-n-1")));
}

TEST_F(ASimulatedHandover, NamesNodesUnderTheSamePathOnBothSides) {
    const auto response = respond({Mode::DeviceSpecs});

    ASSERT_EQ(response.devices_size(), 2);
    EXPECT_EQ(response.devices(1).host_path(), "/dev/sim-1");
    EXPECT_EQ(response.devices(1).container_path(), "/dev/sim-1");
    EXPECT_EQ(response.mounts_size(), 0);
}

TEST_F(ASimulatedHandover, NamesNoNodeUnlessItIsAskedTo) {
    simulation.deviceFilePrefix.clear();

    EXPECT_EQ(respond({Mode::DeviceSpecs}).devices_size(), 0);
}

TEST_F(ASimulatedHandover, NeedsNoFileToBeWritable) {
    blockCdi();
    blockLinks();

    const auto response = respond({Mode::CdiCri, Mode::DeviceSpecs});

    EXPECT_EQ(response.cdi_devices_size(), 0);
    EXPECT_EQ(response.envs().at("HAILO_DEVICE_COUNT"), "2");
}

TEST_F(ASimulatedHandover, DescribesTheSameInTheCdiFile) {
    const auto spec = cdiSpecOf(*inventory, "hailo.ai/device", {.simulation = simulation});

    ASSERT_TRUE(spec);
    ASSERT_EQ(spec->devices.size(), 3U);
    const auto& edits = spec->devices.at(1).containerEdits;
    EXPECT_EQ(spec->devices.at(1).name, "sim-n-1");
    EXPECT_THAT(edits.env, ElementsAre("HAILO_SIMULATED=1", "SIM_1=/dev/1"));
    ASSERT_EQ(edits.deviceNodes.size(), 1U);
    EXPECT_EQ(edits.deviceNodes.front().path, "/dev/sim-1");
    EXPECT_THAT(spec->devices.at(2).containerEdits.env,
                ElementsAre("HAILO_SIMULATED=1", "SIM_0=/dev/0", "SIM_1=/dev/1"));
    EXPECT_EQ(cdi::parseSpec(cdi::toJson(*spec)), *spec); // strict
}

TEST_F(ASimulatedHandover, LeavesATombstoneOutOfTheCdiFile) {
    EXPECT_FALSE(cdiSpecOf(afterRemoval(*inventory), "hailo.ai/device"));
}

} // namespace
} // namespace hdp::testing
