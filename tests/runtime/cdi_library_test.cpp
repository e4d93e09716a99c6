// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/cdi_library.hpp"
#include "tests/runtime/oci_bundle.hpp"
#include "tests/runtime/run_flags.hpp"
#include "tests/runtime/runtime_test.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// The official library, and a daemon that writes for it.
class TheCdiLibraryTest : public RuntimeTest {
  protected:
    TheCdiLibraryTest() {
        first = host.plug({.address = {0, 1, 0, 0}, .index = 0});
        second = host.plug({.address = {0, 2, 0, 0}, .index = 1});
    }

    v1beta1::ContainerAllocateResponse allocateBoth() {
        const auto both = host.node.kubelet.allocate(
            {.podUid = "both", .container = "main", .resource = Node::resource, .count = 2});
        EXPECT_EQ(both.error, "");
        return both.response;
    }

    MockChip first;
    MockChip second;
};

using TheCdiLibrary = TheCdiLibraryTest;

/// The values that more than one object in the list has under a key.
std::vector<std::string> repeated(const nlohmann::json& list, const char* key) {
    std::vector<std::string> paths;
    for (const auto& entry : list) {
        paths.push_back(entry.at(key));
    }
    std::ranges::sort(paths);
    std::vector<std::string> twice;
    for (auto it = std::ranges::adjacent_find(paths); it != paths.end();
         it = std::adjacent_find(std::next(it), paths.end())) {
        twice.push_back(*it);
    }
    return twice;
}

TEST_F(TheCdiLibrary, FindsTheChipsAndNoFault) {
    ASSERT_TRUE(host.start({first, second}));

    const auto seen = readCdiFolder("/run/cdi");

    EXPECT_THAT(seen.devices, ElementsAre("hailo.ai/device=0000:01:00.0",
                                          "hailo.ai/device=0000:02:00.0", "hailo.ai/device=all"));
    EXPECT_THAT(seen.errors, IsEmpty());
    ASSERT_THAT(seen.files, SizeIs(1));
    EXPECT_EQ(seen.files.front().version, "0.5.0");
    EXPECT_EQ(seen.files.front().minimum, "0.5.0");
}

TEST_F(TheCdiLibrary, GivesEachNodeAndMountOnceToAContainerThatHasTheDeviceSpecs) {
    ASSERT_TRUE(host.start({first, second}));
    const auto response = allocateBoth();
    OciBundle bundle;
    bundle.add(response);
    ASSERT_EQ(found(bundle.run()), reached({first, second})) << "with device-specs alone";

    bundle.spec = applied(bundle.spec, "/run/cdi", cdiNamesIn(response));

    EXPECT_THAT(bundle.spec.at("linux").at("devices"), SizeIs(2));
    EXPECT_THAT(repeated(bundle.spec.at("linux").at("devices"), "path"), IsEmpty());
    EXPECT_THAT(repeated(bundle.spec.at("mounts"), "destination"), IsEmpty());
    EXPECT_EQ(found(bundle.run()), reached({first, second}));
}

TEST_F(TheCdiLibrary, GivesEachNodeAndMountOnceWhenThePairIsReplayedAfterASwap) {
    ASSERT_TRUE(host.start({first, second}));
    const auto response = allocateBoth();
    host.unplug(first);
    const auto other = host.replug(second, 0);
    const auto moved = host.plug({.address = first.address, .index = 1});
    ASSERT_TRUE(comesToDescribe(other));
    ASSERT_TRUE(comesToDescribe(moved));
    ASSERT_TRUE(host.node.kubeletSees({{idOf(first), "Healthy"}, {idOf(second), "Healthy"}}));
    OciBundle bundle;
    bundle.add(response);

    bundle.spec = applied(bundle.spec, "/run/cdi", cdiNamesIn(response));

    EXPECT_THAT(bundle.spec.at("linux").at("devices"), SizeIs(2));
    EXPECT_THAT(repeated(bundle.spec.at("linux").at("devices"), "path"), IsEmpty());
    EXPECT_THAT(repeated(bundle.spec.at("mounts"), "destination"), IsEmpty());
    EXPECT_EQ(found(bundle.run()), reached({moved, other}));
}

TEST_F(TheCdiLibrary, RefusesAChipThatIsGone) {
    ASSERT_TRUE(host.start({first, second}));
    host.unplug(second);
    ASSERT_TRUE(comesToName({idOf(first), "all"}));

    EXPECT_THROW(applied(OciBundle{}.spec, "/run/cdi", {"hailo.ai/device=" + idOf(second)}),
                 std::runtime_error);
}

/// The CDI file for each host of tests/fixtures.
class EveryFixture : public ::testing::TestWithParam<std::string> {};

std::vector<std::string> fixtures() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(HDP_FIXTURES)) {
        names.push_back(entry.path().stem());
    }
    std::ranges::sort(names);
    return names;
}

TEST_P(EveryFixture, HasACdiFileInWhichTheLibraryFindsNoFault) {
    Node node;
    node.hardware.load(Fixture::load(GetParam()));
    node.kubelet.start();
    node.startDaemon();
    node.kubelet.waitForMessage(Node::resource, 1);
    if (fs::exists(node.cdiFile())) {
        EXPECT_TRUE(libraryAgreesWith(node.cdiFile()));
    } else {
        EXPECT_THAT(GetParam(), AnyOf("f_unbound", "g_no_class_folder")) << node.daemon().log();
    }
}

INSTANTIATE_TEST_SUITE_P(OfTheTests,
                         EveryFixture,
                         ::testing::ValuesIn(fixtures()),
                         [](const auto& name) { return name.param; });

TEST(AGoldenFile, IsOneInWhichTheLibraryFindsNoFault) {
    for (const auto& entry : fs::directory_iterator(fs::path{HDP_FIXTURES} / "../cdi/golden")) {
        EXPECT_TRUE(libraryAgreesWith(entry.path())) << entry.path();
    }
}

} // namespace
} // namespace hdp::testing
