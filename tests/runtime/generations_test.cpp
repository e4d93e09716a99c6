// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/run_flags.hpp"
#include "tests/runtime/runtime_test.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::HasSubstr;

std::string nameOf(const std::string& version) {
    std::string name = "Driver" + version;
    std::ranges::replace(name, '.', '_');
    return name;
}

std::vector<std::string> firstVersions() {
    std::vector<std::string> versions;
    for (const auto& generation : hotplug::driverGenerations()) {
        versions.emplace_back(generation.firstVersion);
    }
    return versions;
}

/// Two chips of one driver.
class GenerationTest : public RuntimeTest, public ::testing::WithParamInterface<std::string> {
  protected:
    GenerationTest() {
        first = host.plug({.address = {0, 1, 0, 0}, .driverVersion = GetParam(), .index = 0});
        second = host.plug({.address = {0, 2, 0, 0}, .driverVersion = GetParam(), .index = 1});
    }

    MockChip first;
    MockChip second;
};

using EveryGeneration = GenerationTest;

TEST_P(EveryGeneration, IsServedInAnySubsetByCdi) {
    ASSERT_TRUE(host.start({first, second}));
    const auto scan = [this](const std::vector<std::string>& names) {
        return found(host.podman.scan(cdiDevices(names), GetParam()));
    };

    EXPECT_EQ(scan({idOf(first)}), reached({first}));
    EXPECT_EQ(scan({idOf(second)}), reached({second}));
    EXPECT_EQ(scan({"all"}), reached({first, second}));
}

TEST_P(EveryGeneration, IsServedInAnySubsetByDeviceSpecs) {
    ASSERT_TRUE(host.start({first, second}, {"--handover", "device-specs"}));
    const auto scan = [this](const std::string& pod, std::size_t count) {
        const auto granted = host.node.kubelet.allocate(
            {.podUid = pod, .container = "main", .resource = Node::resource, .count = count});
        EXPECT_EQ(granted.error, "");
        host.node.kubelet.forgetPod(pod);
        return found(
            host.podman.scan(flagsFor(granted.response, host.node.folder.path()), GetParam()));
    };

    EXPECT_EQ(scan("both", 2), reached({first, second}));
    EXPECT_EQ(scan("one", 1), reached({first}));
}

TEST_P(EveryGeneration, FailsWithoutTheClassView) {
    ASSERT_TRUE(host.start({first, second}));

    const auto outcome = host.podman.scan({"--device=/dev/" + second.nodeName()}, GetParam());

    EXPECT_THAT(outcome.errors, HasSubstr("Failed to open device file /dev/" + first.nodeName()));
}

INSTANTIATE_TEST_SUITE_P(OfTheDriver,
                         EveryGeneration,
                         ::testing::ValuesIn(firstVersions()),
                         [](const auto& version) { return nameOf(version.param); });

/// A Hailo-8 and a Hailo-10H, whose drivers have class folders and names of their own.
class TwoGenerationsTest : public RuntimeTest {
  protected:
    TwoGenerationsTest() {
        old = host.plug({.address = {0, 1, 0, 0}, .driverVersion = "4.23.0"});
        young = host.plug({.address = {0, 2, 0, 0}, .driverVersion = "5.3.0"});
    }

    MockChip old;
    MockChip young;
};

using AHostWithTwoDrivers = TwoGenerationsTest;

TEST_F(AHostWithTwoDrivers, GivesAContainerTheChipOfEither) {
    ASSERT_TRUE(host.start({old, young}));

    EXPECT_EQ(found(host.podman.scan(cdiDevices({idOf(old)}), "4.23.0")), reached({old}));
    EXPECT_EQ(found(host.podman.scan(cdiDevices({idOf(young)}), "5.3.0")), reached({young}));
}

TEST_F(AHostWithTwoDrivers, GivesAContainerBoth) {
    ASSERT_TRUE(host.start({old, young}));
    const auto container = host.podman.start("both", cdiDevices({"all"}));

    EXPECT_EQ(found(container.scan("4.23.0")), reached({old}));
    EXPECT_EQ(found(container.scan("5.3.0")), reached({young}));
}

TEST_F(AHostWithTwoDrivers, GivesAContainerBothByDeviceSpecs) {
    ASSERT_TRUE(host.start({old, young}, {"--handover", "device-specs"}));
    const auto both = host.node.kubelet.allocate(
        {.podUid = "both", .container = "main", .resource = Node::resource, .count = 2});
    const auto container =
        host.podman.start("both", flagsFor(both.response, host.node.folder.path()));

    EXPECT_EQ(found(container.scan("4.23.0")), reached({old}));
    EXPECT_EQ(found(container.scan("5.3.0")), reached({young}));
}

} // namespace
} // namespace hdp::testing
