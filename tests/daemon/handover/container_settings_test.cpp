// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/container_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Pair;

template <class Parse>
std::string complaintOf(Parse parse) {
    try {
        parse();
        return {};
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

std::string complaintAbout(const ContainerSettings& settings) {
    return complaintOf([&settings] { validate(settings); });
}

TEST(TheContainerSettings, AreGoodByDefault) {
    EXPECT_EQ(complaintAbout({}), "");
}

TEST(TheContainerSettings, ReadAMountThatIsReadOnlyUnlessItSaysOtherwise) {
    EXPECT_EQ(parseContainerMount("/a:/b"), (ContainerMount{"/a", "/b", true}));
    EXPECT_EQ(parseContainerMount("/a:/b:ro"), (ContainerMount{"/a", "/b", true}));
    EXPECT_EQ(parseContainerMount("/a:/b:rw"), (ContainerMount{"/a", "/b", false}));
    for (const char* text : {"", "/a", "/a:/b:rx", "/a:/b:rw:z"}) {
        EXPECT_THAT(complaintOf([text] { parseContainerMount(text); }),
                    HasSubstr("HOST:CONTAINER"));
    }
}

TEST(TheContainerSettings, ReadAnnotationsThatLeaveCdiAlone) {
    EXPECT_THAT(parseAnnotation("example.com/team=a=b"), Pair("example.com/team", "a=b"));
    EXPECT_THAT(complaintOf([] { parseAnnotation("a b=c"); }), HasSubstr("KEY=VALUE"));
    EXPECT_THAT(complaintOf([] { parseAnnotation("cdi.k8s.io/x=y"); }), HasSubstr("CDI devices"));
}

TEST(TheContainerSettings, ReadEnvironmentThatLeavesOursAlone) {
    EXPECT_EQ(parseEnvironment("HAILORT_LOGGER_PATH=NONE"), "HAILORT_LOGGER_PATH=NONE");
    EXPECT_EQ(parseEnvironment("EMPTY="), "EMPTY=");
    EXPECT_THAT(complaintOf([] { parseEnvironment("A"); }), HasSubstr("NAME=VALUE"));
    EXPECT_THAT(complaintOf([] { parseEnvironment("1A=b"); }), HasSubstr("NAME=VALUE"));
    EXPECT_THAT(complaintOf([] { parseEnvironment("HAILO_DEVICE_IDS_HAILO_AI_H8=x"); }),
                HasSubstr("which chips it has"));
}

TEST(TheContainerSettings, ReadANodeModeInOctal) {
    EXPECT_EQ(parseNodeMode("0660"), 0660U);
    for (const char* text : {"", "0999", "1777", "rw"}) {
        EXPECT_THAT(complaintOf([text] { parseNodeMode(text); }), HasSubstr("octal"));
    }
}

TEST(TheContainerSettings, MountNothingWhereContainersSeeSomethingElse) {
    for (const char* place : {"/sys/class/hailo_chardev", "/dev/hailo0", "/proc", "/opt/hailort",
                              "/tmp/hmon_files/x", "/a/../sys", "/", "relative"}) {
        EXPECT_THAT(complaintAbout({.mounts = {{"/a", place}}}), HasSubstr(place));
    }
    EXPECT_EQ(complaintAbout({.mounts = {{"/dev/shm", "/dev/shm", false}, {"/a", "/system"}}}), "");
    EXPECT_THAT(complaintAbout({.mounts = {{"/a", "/c"}, {"/b", "/c/"}}}), HasSubstr("twice"));
}

TEST(TheContainerSettings, SayWhatCannotBe) {
    EXPECT_THAT(complaintAbout({.env = {"A=1", "A=2"}}), HasSubstr("twice"));
    EXPECT_THAT(complaintAbout({.annotations = {{"a b", "c"}}}), HasSubstr("KEY=VALUE"));
    EXPECT_THAT(complaintAbout({.devicePermissions = "r"}), HasSubstr("rwm"));
    EXPECT_THAT(complaintAbout({.nodeMode = 04777}), HasSubstr("0777"));
    EXPECT_THAT(complaintAbout({.libraryDirectory = "lib"}), HasSubstr("absolute"));
    EXPECT_THAT(complaintAbout({.monitorDirectory = "/"}), HasSubstr("absolute"));
}

} // namespace
} // namespace hdp::testing
