// SPDX-License-Identifier: Apache-2.0
#include "daemon/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

CommandLine parse(std::vector<const char*> words) {
    words.insert(words.begin(), "hailo-device-plugin");
    return parseCommandLine(static_cast<int>(words.size()), words.data());
}

std::string refusalOf(const std::vector<const char*>& words) {
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(parse(words).exitCode, 2);
    return ::testing::internal::GetCapturedStderr();
}

TEST(TheContainerFlags, SetWhatContainersGet) {
    const auto set =
        parse({"--container-env", "A=1", "--container-env", "B=2,3", "--container-annotation",
               "example.com/x=y", "--container-mount", "/a:/b:rw", "--container-mount=/c:/d",
               "--device-permissions", "rwm", "--node-mode", "0660", "--node-group", "44",
               "--hailort-library", "/lib/hailort", "--monitor-directory", "/run/hmon"})
            .options.container;

    EXPECT_THAT(set.env, ElementsAre("A=1", "B=2,3"));
    EXPECT_THAT(set.annotations, ElementsAre(Pair("example.com/x", "y")));
    EXPECT_THAT(set.mounts,
                ElementsAre(ContainerMount{"/a", "/b", false}, ContainerMount{"/c", "/d", true}));
    EXPECT_EQ(set.devicePermissions, "rwm");
    EXPECT_EQ(set.nodeMode, 0660U);
    EXPECT_EQ(set.nodeGroup, 44U);
    EXPECT_EQ(set.libraryDirectory, "/lib/hailort");
    EXPECT_EQ(set.monitorDirectory, "/run/hmon");
}

TEST(TheContainerFlags, AreNamedByWhatTheyRefuse) {
    EXPECT_THAT(refusalOf({"--container-env", "A"}),
                AllOf(HasSubstr("--container-env"), HasSubstr("NAME=VALUE")));
    EXPECT_THAT(refusalOf({"--container-mount", "/a"}), HasSubstr("--container-mount"));
    EXPECT_THAT(refusalOf({"--container-annotation", "a"}), HasSubstr("--container-annotation"));
    EXPECT_THAT(refusalOf({"--node-mode", "9"}), HasSubstr("--node-mode"));
    EXPECT_THAT(refusalOf({"--node-group", "video"}), HasSubstr("--node-group"));
    EXPECT_THAT(refusalOf({"--device-permissions", "x"}), HasSubstr("--device-permissions"));
    EXPECT_THAT(refusalOf({"--hailort-library", "lib"}), HasSubstr("--hailort-library"));
}

} // namespace
} // namespace hdp::testing
