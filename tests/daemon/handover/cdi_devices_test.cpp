// SPDX-License-Identifier: Apache-2.0
#include "cdi/validation.hpp"
#include "cdi/version.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "tests/daemon/builders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {
namespace {

using hotplug::Reason;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr auto kind = "hailo.ai/device";
constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";
constexpr auto youngId = "0000:03:00.0";

cdi::Spec specOf(const Inventory& inventory) {
    auto spec = cdiSpecOf(inventory, kind);
    if (!spec) {
        throw std::logic_error("no spec");
    }
    return *spec;
}

cdi::Device deviceOf(const cdi::Spec& spec, std::string_view name) {
    const auto found = std::ranges::find(spec.devices, name, &cdi::Device::name);
    return found == spec.devices.end() ? cdi::Device{} : *found;
}

std::vector<std::string> namesOf(const cdi::Spec& spec) {
    std::vector<std::string> names;
    std::ranges::transform(spec.devices, std::back_inserter(names), &cdi::Device::name);
    return names;
}

std::vector<std::string> nodesOf(const cdi::Device& device) {
    std::vector<std::string> paths;
    std::ranges::transform(device.containerEdits.deviceNodes, std::back_inserter(paths),
                           &cdi::DeviceNode::path);
    return paths;
}

std::vector<std::string> mountsOf(const cdi::Device& device) {
    std::vector<std::string> paths;
    std::ranges::transform(device.containerEdits.mounts, std::back_inserter(paths),
                           &cdi::Mount::containerPath);
    return paths;
}

TEST(ACdiSpec, NamesEachChipByItsAddressAndAllOfThemTogether) {
    const auto spec = specOf(inventoryOf({chip(secondId, 1), chip(firstId)}));

    EXPECT_EQ(spec.kind, kind);
    EXPECT_THAT(namesOf(spec), ElementsAre(firstId, secondId, "all"));
}

TEST(ACdiSpec, GivesAChipItsNodeByNumberSoThatTheHostNeedNotHaveIt) {
    const auto spec = specOf(inventoryOf({chip(firstId, 7)}));
    cdi::DeviceNode node;
    node.path = "/dev/hailo7";
    node.type = "c";
    node.major = 510;
    node.minor = 7;
    node.fileMode = 0666;
    node.permissions = "rw";

    EXPECT_THAT(deviceOf(spec, firstId).containerEdits.deviceNodes, ElementsAre(node));
}

TEST(ACdiSpec, HidesTheClassFolderAndShowsTheChipsOwnEntryInIt) {
    const auto device = deviceOf(specOf(inventoryOf({chip(firstId)})), firstId);

    ASSERT_EQ(device.containerEdits.mounts.size(), 2U);
    const auto& empty = device.containerEdits.mounts[0];
    const auto& own = device.containerEdits.mounts[1];
    EXPECT_EQ(empty.type, "tmpfs");
    EXPECT_EQ(empty.containerPath, "/sys/class/hailo_chardev");
    EXPECT_EQ(own.hostPath, "/sys/devices/pci0000:00/0000:01:00.0/hailo_chardev/hailo0");
    EXPECT_EQ(own.containerPath, "/sys/class/hailo_chardev/hailo0");
    EXPECT_THAT(own.options, Contains("ro"));
    EXPECT_THAT(own.options, Contains("bind"));
}

TEST(ACdiSpec, AsksForNothingElse) {
    const auto spec = specOf(inventoryOf({chip(firstId)}));
    auto edits = deviceOf(spec, firstId).containerEdits;
    edits.deviceNodes.clear();
    edits.mounts.clear();

    EXPECT_TRUE(edits.empty());
    EXPECT_TRUE(spec.containerEdits.empty());
}

TEST(ACdiSpec, UsesTheFoldersAndNodesOfEachDriverGeneration) {
    const auto spec = specOf(inventoryOf({chip(firstId), youngChip(youngId)}));

    EXPECT_THAT(nodesOf(deviceOf(spec, firstId)), ElementsAre("/dev/hailo0"));
    EXPECT_THAT(nodesOf(deviceOf(spec, youngId)), ElementsAre("/dev/h1x-0"));
    EXPECT_THAT(mountsOf(deviceOf(spec, youngId)),
                ElementsAre("/sys/class/hailo1x", "/sys/class/hailo1x/h1x-0"));
}

TEST(ACdiSpec, GathersAllChipsWithOneEmptyFolderForEachClass) {
    const auto spec =
        specOf(inventoryOf({chip(firstId, 0), chip(secondId, 1), youngChip(youngId)}));
    const auto all = deviceOf(spec, "all");

    EXPECT_THAT(nodesOf(all), UnorderedElementsAre("/dev/hailo0", "/dev/hailo1", "/dev/h1x-0"));
    EXPECT_THAT(mountsOf(all),
                UnorderedElementsAre("/sys/class/hailo_chardev", "/sys/class/hailo_chardev/hailo0",
                                     "/sys/class/hailo_chardev/hailo1", "/sys/class/hailo1x",
                                     "/sys/class/hailo1x/h1x-0"));
}

TEST(ACdiSpec, MountsTheClassFolderBeforeWhatIsInIt) {
    const auto mounts = mountsOf(deviceOf(
        specOf(inventoryOf({chip(firstId), youngChip(youngId), chip(secondId, 1)})), "all"));
    const auto at = [&mounts](std::string_view path) { return std::ranges::find(mounts, path); };

    EXPECT_LT(at("/sys/class/hailo_chardev"), at("/sys/class/hailo_chardev/hailo0"));
    EXPECT_LT(at("/sys/class/hailo_chardev"), at("/sys/class/hailo_chardev/hailo1"));
    EXPECT_LT(at("/sys/class/hailo1x"), at("/sys/class/hailo1x/h1x-0"));
}

TEST(ACdiSpec, LeavesOutChipsWithoutAClassDevice) {
    auto inventory = inventoryOf({chip(firstId), unboundChip(secondId), chip(youngId, 2)});
    inventory.devices[2] = tombstoneOf(inventory.devices[2]);

    EXPECT_THAT(namesOf(specOf(inventory)), ElementsAre(firstId, "all"));
}

TEST(ACdiSpec, LeavesOutAChipWhoseDeviceNumberIsUnknown) {
    auto numberless = with(Reason::AttributeUnreadable, chip(secondId, 1));
    numberless.classDevice->number.reset();

    EXPECT_THAT(namesOf(specOf(inventoryOf({chip(firstId), numberless}))),
                ElementsAre(firstId, "all"));
}

TEST(ACdiSpec, KeepsAnUnhealthyChipForContainersThatHoldItButOutOfAll) {
    const auto spec =
        specOf(inventoryOf({with(Reason::ConfigSpaceDead, chip(firstId)), chip(secondId, 1)}));

    EXPECT_THAT(namesOf(spec), ElementsAre(firstId, secondId, "all"));
    EXPECT_THAT(nodesOf(deviceOf(spec, "all")), ElementsAre("/dev/hailo1"));
}

TEST(ACdiSpec, KeepsADegradedChipInAll) {
    const auto spec = specOf(inventoryOf({with(Reason::WideDomain, chip("10000:01:00.0"))}));

    EXPECT_THAT(namesOf(spec), ElementsAre("10000:01:00.0", "all"));
}

TEST(ACdiSpec, HasNoAllWhenNoChipIsHealthy) {
    const auto spec = specOf(inventoryOf({with(Reason::NodeMissing, chip(firstId))}));

    EXPECT_THAT(namesOf(spec), ElementsAre(firstId));
}

TEST(ACdiSpec, IsNothingWhenNoChipHasAClassDevice) {
    EXPECT_EQ(cdiSpecOf(Inventory{}, kind), std::nullopt);
    EXPECT_EQ(cdiSpecOf(inventoryOf({unboundChip(firstId)}), kind), std::nullopt);
    EXPECT_EQ(cdiSpecOf(afterRemoval(inventoryOf({chip(firstId)})), kind), std::nullopt);
}

TEST(ACdiSpec, IsValidAndNeedsNoYoungerCdiThanItsDigitsDo) {
    const auto spec =
        specOf(inventoryOf({chip(firstId), with(Reason::NodeMissing, chip(secondId, 1)),
                            youngChip(youngId), chip("10000:01:00.0", 2)}));

    EXPECT_THAT(cdi::validate(spec), IsEmpty());
    EXPECT_EQ(cdi::minimumVersion(spec), "0.5.0");
}

TEST(ACdiSpec, IsTheSameForTheSameInventory) {
    const auto inventory = inventoryOf({chip(firstId), youngChip(youngId)});

    EXPECT_EQ(cdiSpecOf(inventory, kind), cdiSpecOf(inventory, kind));
}

} // namespace
} // namespace hdp::testing
