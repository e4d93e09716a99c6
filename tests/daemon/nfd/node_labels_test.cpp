// SPDX-License-Identifier: Apache-2.0
#include "daemon/nfd/node_labels.hpp"
#include "tests/daemon/builders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Not;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

using Labels = std::map<std::string, std::string>;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";
constexpr auto thirdId = "0000:03:00.0";

Labels labelsOf(const std::vector<hotplug::Device>& devices) {
    return nodeLabelsOf(inventoryOf(devices)).labels;
}

hotplug::Device withVersion(std::string version) {
    auto device = chip(firstId);
    device.driverVersion = std::move(version);
    return device;
}

TEST(NodeLabels, TellModelCountAndDriverOfOneChip) {
    EXPECT_THAT(labelsOf({chip(firstId)}),
                UnorderedElementsAre(Pair("hailo.ai/hailo.count", "1"),
                                     Pair("hailo.ai/hailo.present", "true"),
                                     Pair("hailo.ai/hailo-8.count", "1"),
                                     Pair("hailo.ai/hailo.driver-version", "4.23.0")));
}

TEST(NodeLabels, TellEachModelAndDriverOfAMixedNode) {
    const auto labels = labelsOf({chip(firstId), chip(secondId, 1), youngChip(thirdId)});

    EXPECT_THAT(labels, Contains(Pair("hailo.ai/hailo.count", "3")));
    EXPECT_THAT(labels, Contains(Pair("hailo.ai/hailo-8.count", "2")));
    EXPECT_THAT(labels, Contains(Pair("hailo.ai/hailo-10h.count", "1")));
    EXPECT_THAT(labels, Contains(Pair("hailo.ai/hailo.driver-version", "4.23.0")));
    EXPECT_THAT(labels, Contains(Pair("hailo.ai/hailo1x.driver-version", "5.3.0")));
}

TEST(NodeLabels, AreNoneWithoutAChip) {
    EXPECT_THAT(labelsOf({}), IsEmpty());
}

TEST(NodeLabels, AreThoseOfAHealthyChipWhenItIsIll) {
    const auto ill = with(hotplug::Reason::NotResponding, chip(firstId));
    ASSERT_EQ(inventoryOf({ill}).devices.front().health, Health::Unhealthy);

    EXPECT_EQ(labelsOf({ill}), labelsOf({chip(firstId)}));
}

TEST(NodeLabels, TellOfAChipThatNoDriverHas) {
    EXPECT_THAT(labelsOf({unboundChip(firstId)}),
                UnorderedElementsAre(Pair("hailo.ai/hailo.count", "1"),
                                     Pair("hailo.ai/hailo.present", "true"),
                                     Pair("hailo.ai/hailo-8.count", "1")));
}

TEST(NodeLabels, TellNoVersionOfAForeignDriver) {
    auto device = with(hotplug::Reason::ForeignDriver, unboundChip(firstId));
    device.driver = "vfio-pci";
    device.driverVersion = "0.2";

    EXPECT_EQ(labelsOf({device}), labelsOf({unboundChip(firstId)}));
}

TEST(NodeLabels, DoNotTellOfAChipThatIsGone) {
    EXPECT_THAT(nodeLabelsOf(afterRemoval(inventoryOf({chip(firstId)}))).labels, IsEmpty());
}

TEST(NodeLabels, DoNotTellOfASimulatedChip) {
    auto device = chip(firstId);
    device.simulated = hotplug::SimulatedName{.id = "simulated-node1-0", .index = 0};

    EXPECT_THAT(labelsOf({device}), IsEmpty());
}

TEST(NodeLabels, TellNoModelThatIsStillBeingAskedFor) {
    auto device = chip(firstId);
    device.isBeingIdentified = true;

    EXPECT_THAT(labelsOf({device}), Contains(Pair("hailo.ai/hailo.count", "1")));
    EXPECT_THAT(labelsOf({device}), Not(Contains(Key("hailo.ai/hailo-8.count"))));
}

TEST(NodeLabels, LeaveOutAndExplainWhatKubernetesWouldNotTake) {
    const std::string tooLong(64, 'v');
    for (const std::string bad : {"", "4.23.0+dfsg", "4.23.0 ", "4.23.0-", "@cpu.model.id", "a/b",
                                  "4\nhailo.ai/hailo.count=9", "v\xc3\xa9", tooLong.c_str()}) {
        const auto found = nodeLabelsOf(inventoryOf({withVersion(bad)}));

        EXPECT_THAT(found.labels, Not(Contains(Key("hailo.ai/hailo.driver-version")))) << bad;
        EXPECT_THAT(found.labels, Contains(Pair("hailo.ai/hailo.count", "1")));
        EXPECT_THAT(found.refused, ElementsAre(HasSubstr("hailo.ai/hailo.driver-version"))) << bad;
    }

    const std::string longest(63, 'v');
    EXPECT_THAT(labelsOf({withVersion(longest)}),
                Contains(Pair("hailo.ai/hailo.driver-version", longest)));
}

TEST(NodeLabels, LeaveOutAModelThatIsNoNameOfALabel) {
    auto device = chip(firstId);
    device.model = "hailo 8";

    const auto found = nodeLabelsOf(inventoryOf({device}));

    EXPECT_THAT(found.labels, Not(Contains(Key(HasSubstr("hailo 8")))));
    EXPECT_THAT(found.refused, ElementsAre(HasSubstr("hailo 8.count")));
}

TEST(AFeatureFileOfLabels, HasALineForEachAndNoInstruction) {
    EXPECT_EQ(featureFileOf({{"hailo.ai/a", "1"}, {"hailo.ai/b", "2"}}),
              "# Labels of this node by hailo-device-plugin, which undoes other changes.\n"
              "hailo.ai/a=1\nhailo.ai/b=2\n");
    EXPECT_EQ(featureFileOf({}), "");
}

} // namespace
} // namespace hdp::testing
