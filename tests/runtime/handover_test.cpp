// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/run_flags.hpp"
#include "tests/runtime/runtime_test.hpp"

#include <gmock/gmock.h>

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::HasSubstr;

struct Mode {
    std::string name;
    std::vector<std::string> arguments;
    bool isCdi; ///< the container sees the chip by the name that it has when the container starts
};

void PrintTo(const Mode& mode, std::ostream* stream) { // NOLINT: GoogleTest's name
    *stream << mode.name;
}

std::vector<Mode> everyMode() {
    return {{"CdiCri", {"--handover", "cdi-cri"}, true},
            {"CdiAnnotations", {"--handover", "cdi-annotations"}, true},
            {"DeviceSpecs", {"--handover", "device-specs"}, false},
            {"TheDefaultPair", {}, true}};
}

/// Two chips, for the containers of a kubelet, in one way of handing them over.
class HandoverTest : public RuntimeTest, public ::testing::WithParamInterface<Mode> {
  protected:
    HandoverTest() {
        first = host.plug({.address = {0, 1, 0, 0}, .index = 0});
        second = host.plug({.address = {0, 2, 0, 0}, .index = 1});
    }

    [[nodiscard]] bool start() { return host.start({first, second}, GetParam().arguments); }

    static ContainerRequest request(const std::string& pod, std::size_t count) {
        return {.podUid = pod, .container = "main", .resource = Node::resource, .count = count};
    }

    /// Has the kubelet start a container of the pod once more with what it was told at first.
    v1beta1::ContainerAllocateResponse replayed(const std::string& pod) {
        const auto start = host.node.kubelet.startContainer(request(pod, 1).key());
        EXPECT_EQ(start.error, "");
        return start.response;
    }

    std::string scan(const v1beta1::ContainerAllocateResponse& response) {
        return found(host.podman.scan(flagsFor(response, host.node.folder.path())));
    }

    /// The chip as a container sees it that was promised it when it was the given one.
    static MockChip asSeen(const MockChip& promised, const MockChip& now) {
        auto seen = now;
        seen.index = GetParam().isCdi ? now.index : promised.index;
        return seen;
    }

    MockChip first;
    MockChip second;
};

using AHandover = HandoverTest;

TEST_P(AHandover, GivesAContainerItsChipOnly) {
    ASSERT_TRUE(start());
    const auto one = host.node.kubelet.allocate(request("one", 1));
    const auto two = host.node.kubelet.allocate(request("two", 1));
    ASSERT_EQ(one.error + two.error, "");

    EXPECT_EQ(scan(one.response), reached({first}));
    EXPECT_EQ(scan(two.response), reached({second}));
}

TEST_P(AHandover, GivesAContainerAllItsChips) {
    ASSERT_TRUE(start());
    const auto both = host.node.kubelet.allocate(request("both", 2));
    ASSERT_EQ(both.error, "");

    EXPECT_EQ(scan(both.response), reached({first, second}));
}

TEST_P(AHandover, TellsTheContainerWhatItHas) {
    ASSERT_TRUE(start());
    const auto both = host.node.kubelet.allocate(request("both", 2));
    const auto env =
        host.podman.run(flagsFor(both.response, host.node.folder.path()), {"/bin/env"});

    EXPECT_THAT(env.output, HasSubstr("HAILO_DEVICE_IDS=0000:01:00.0,0000:02:00.0\n"));
    EXPECT_THAT(env.output, HasSubstr("HAILO_DEVICE_COUNT=2\n"));
    EXPECT_THAT(env.output, HasSubstr("HAILO_DRIVER_VERSION=4.23.0\n"));
}

TEST_P(AHandover, ReachesTheSameChipWhenReplayedAfterAReplugIntoAnotherIndex) {
    ASSERT_TRUE(start());
    ASSERT_EQ(host.node.kubelet.allocate(request("one", 1)).error, "");
    const auto moved = host.replug(first, 2);
    ASSERT_TRUE(comesToDescribe(moved));
    ASSERT_TRUE(host.node.kubeletSees({{idOf(first), "Healthy"}, {idOf(second), "Healthy"}}));

    EXPECT_EQ(scan(replayed("one")), reached({asSeen(first, moved)}));
}

TEST_P(AHandover, ReachesTheSameChipWhenReplayedAfterAnotherTookItsIndex) {
    ASSERT_TRUE(start());
    ASSERT_EQ(host.node.kubelet.allocate(request("one", 1)).error, "");
    host.unplug(first);
    const auto other = host.replug(second, 0);
    const auto moved = host.plug({.address = first.address, .index = 1});
    ASSERT_TRUE(comesToDescribe(other));
    ASSERT_TRUE(comesToDescribe(moved));
    ASSERT_TRUE(host.node.kubeletSees({{idOf(first), "Healthy"}, {idOf(second), "Healthy"}}));

    EXPECT_EQ(scan(replayed("one")), reached({asSeen(first, moved)}));
}

TEST_P(AHandover, ReachesBothChipsWhenReplayedAfterTheySwappedTheirIndices) {
    ASSERT_TRUE(start());
    ASSERT_EQ(host.node.kubelet.allocate(request("both", 2)).error, "");
    host.unplug(first);
    const auto other = host.replug(second, 0);
    const auto moved = host.plug({.address = first.address, .index = 1});
    ASSERT_TRUE(comesToDescribe(other));
    ASSERT_TRUE(comesToDescribe(moved));
    ASSERT_TRUE(host.node.kubeletSees({{idOf(first), "Healthy"}, {idOf(second), "Healthy"}}));

    EXPECT_EQ(scan(replayed("both")), reached({asSeen(first, moved), asSeen(second, other)}));
}

TEST_P(AHandover, StartsNoContainerWhoseChipIsGoneThoughAnotherHasItsIndex) {
    ASSERT_TRUE(start());
    const auto one = host.node.kubelet.allocate(request("one", 1));
    ASSERT_EQ(one.error, "");
    host.unplug(first);
    const auto other = host.replug(second, 0);
    ASSERT_TRUE(comesToDescribe(other));
    ASSERT_TRUE(comesToName({idOf(second), "all"}));

    const auto outcome = host.podman.scan(flagsFor(one.response, host.node.folder.path()));

    EXPECT_GE(outcome.exitCode, 125) << "podman itself refuses: " << outcome.output;
}

TEST_P(AHandover, KeepsTheViewOfARunningContainerWhileOtherChipsComeAndGo) {
    ASSERT_TRUE(start());
    const auto one = host.node.kubelet.allocate(request("one", 1));
    const auto container =
        host.podman.start("one", flagsFor(one.response, host.node.folder.path()));

    host.unplug(second);
    ASSERT_TRUE(comesToName({idOf(first), "all"}));
    const auto third = host.plug({.address = {0, 3, 0, 0}, .index = 1});
    ASSERT_TRUE(comesToDescribe(third));

    EXPECT_EQ(found(container.scan()), reached({first}));
}

INSTANTIATE_TEST_SUITE_P(InEveryMode,
                         AHandover,
                         ::testing::ValuesIn(everyMode()),
                         [](const auto& mode) { return mode.param.name; });

} // namespace
} // namespace hdp::testing
