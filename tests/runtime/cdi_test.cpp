// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/runtime_test.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::HasSubstr;

/// On a host with two chips of one driver.
class AContainerTest : public RuntimeTest {
  protected:
    AContainerTest() {
        first = host.plug({.address = {0, 1, 0, 0}, .index = 0});
        second = host.plug({.address = {0, 2, 0, 0}, .index = 1});
    }

    std::string scan(const std::vector<std::string>& names) {
        return found(host.podman.scan(cdiDevices(names)));
    }

    MockChip first;
    MockChip second;
};

using AContainer = AContainerTest;

TEST_F(AContainer, ReachesItsChipOnAHostWithTwo) {
    ASSERT_TRUE(host.start({first, second}));

    EXPECT_EQ(scan({idOf(first)}), reached({first}));
    EXPECT_EQ(scan({idOf(second)}), reached({second}));
}

TEST_F(AContainer, ReachesAllItsChips) {
    const auto third = host.plug({.address = {0, 3, 0, 0}, .index = 2});
    ASSERT_TRUE(host.start({first, second, third}));

    EXPECT_EQ(scan({idOf(first), idOf(second)}), reached({first, second}));
    EXPECT_EQ(scan({idOf(third), idOf(first)}), reached({first, third}));
}

TEST_F(AContainer, ReachesEveryChipOfItsHostByTheNameAll) {
    ASSERT_TRUE(host.start({first, second}));

    EXPECT_EQ(scan({"all"}), reached({first, second}));
}

TEST_F(AContainer, MayAskForAllAndForOneOfThem) {
    ASSERT_TRUE(host.start({first, second}));

    EXPECT_EQ(scan({"all", idOf(second)}), reached({first, second}));
}

TEST_F(AContainer, ReachesItsChipAsAUserWithoutAnyPrivilege) {
    ASSERT_TRUE(host.start({first, second}));
    auto flags = cdiDevices({idOf(second)});
    flags.insert(flags.end(), {"--user=1000:1000", "--cap-drop=all", "--read-only",
                               "--security-opt=no-new-privileges"});

    EXPECT_EQ(found(host.podman.scan(flags)), reached({second}));
}

TEST_F(AContainer, IsNotStartedWithAChipThatNobodyKnows) {
    ASSERT_TRUE(host.start({first, second}));

    const auto outcome = host.podman.scan(cdiDevices({"0000:77:00.0"}));

    EXPECT_NE(outcome.exitCode, 0);
    EXPECT_THAT(outcome.errors, HasSubstr("unresolvable CDI devices hailo.ai/device=0000:77:00.0"));
    EXPECT_EQ(outcome.output, "");
}

TEST_F(AContainer, WithoutTheClassViewFailsAtTheFirstChipThatIsNotItsOwn) {
    ASSERT_TRUE(host.start({first, second}));

    const auto outcome = host.podman.scan({"--device=/dev/hailo1"});

    EXPECT_EQ(outcome.exitCode, 1);
    EXPECT_THAT(outcome.errors, HasSubstr("Failed to open device file /dev/hailo0: No such file"));
}

TEST_F(AContainer, LivesBesideAnotherWithOtherChips) {
    const auto third = host.plug({.address = {0, 3, 0, 0}, .index = 2});
    ASSERT_TRUE(host.start({first, second, third}));
    const auto one = host.podman.start("one", cdiDevices({idOf(second)}));
    const auto two = host.podman.start("two", cdiDevices({idOf(first), idOf(third)}));

    EXPECT_EQ(found(one.scan()), reached({second}));
    EXPECT_EQ(found(two.scan()), reached({first, third}));
    EXPECT_EQ(found(one.scan()), reached({second}));
}

TEST_F(AContainer, ReachesItsChipUnderTheSameNameAfterAReplugIntoAnotherIndex) {
    ASSERT_TRUE(host.start({first, second}));
    const auto moved = host.replug(first, 2);
    ASSERT_TRUE(comesToDescribe(moved));

    EXPECT_EQ(scan({idOf(moved)}), reached({moved}));
    EXPECT_EQ(scan({idOf(moved), idOf(second)}), reached({moved, second}));
}

TEST_F(AContainer, ReachesItsChipAfterTwoHaveSwappedTheirIndices) {
    ASSERT_TRUE(host.start({first, second}));
    host.unplug(first);
    const auto nowFirst = host.replug(second, 0);
    const auto nowSecond = host.plug({.address = first.address, .index = 1});
    ASSERT_TRUE(comesToDescribe(nowFirst));
    ASSERT_TRUE(comesToDescribe(nowSecond));

    EXPECT_EQ(scan({idOf(first)}), reached({nowSecond}));
    EXPECT_EQ(scan({idOf(second)}), reached({nowFirst}));
}

TEST_F(AContainer, KeepsItsViewWhileOtherChipsComeAndGo) {
    ASSERT_TRUE(host.start({first, second}));
    const auto container = host.podman.start("one", cdiDevices({idOf(first)}));

    host.unplug(second);
    ASSERT_TRUE(comesToName({idOf(first), "all"}));
    EXPECT_EQ(found(container.scan()), reached({first}));

    const auto third = host.plug({.address = {0, 3, 0, 0}, .index = 1});
    ASSERT_TRUE(comesToDescribe(third));
    EXPECT_EQ(found(container.scan()), reached({first}));
}

TEST_F(AContainer, IsNotHarmedByABrokenNeighbourOfTheCdiFile) {
    ASSERT_TRUE(host.start({first, second}));
    writeFile("/run/cdi/broken.json", R"({"cdiVersion": "0.5.0", "kind": "other.org/thing", )");
    writeFile("/run/cdi/strange.yaml", "cdiVersion: 99.0.0\nkind: other.org/thing\n");

    EXPECT_EQ(scan({idOf(second)}), reached({second}));
}

TEST_F(AContainer, GetsTheLiveDescriptionWhereAnOldCopyOfItLiesInEtc) {
    ASSERT_TRUE(host.start({first, second}));
    std::filesystem::create_directories("/etc/cdi");
    std::filesystem::copy_file(host.node.cdiFile(), "/etc/cdi/hailo.json");
    const auto moved = host.replug(first, 2);
    ASSERT_TRUE(comesToDescribe(moved));

    EXPECT_EQ(scan({idOf(moved)}), reached({moved}));
    std::filesystem::remove("/etc/cdi/hailo.json");
}

} // namespace
} // namespace hdp::testing
