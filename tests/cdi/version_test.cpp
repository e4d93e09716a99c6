// SPDX-License-Identifier: Apache-2.0
#include "cdi/version.hpp"
#include "tests/cdi/example_specs.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::cdi {
namespace {

/// A spec that needs 0.3.0 only, and its edits on both levels.
class VersionTest : public ::testing::Test {
  protected:
    Spec spec_ = testing::leastSpec();
    ContainerEdits& ofSpec_ = spec_.containerEdits;
    ContainerEdits& ofDevice_ = spec_.devices[0].containerEdits;
};

using AMinimumVersion = VersionTest;

TEST_F(AMinimumVersion, IsTheEarliestSupportedWithoutAnyNewerFeature) {
    EXPECT_EQ(minimumVersion(spec_), "0.3.0");
    EXPECT_EQ(minimumVersion(Spec{}), "0.3.0");
}

TEST_F(AMinimumVersion, StaysForWhatTheFirstVersionKnew) {
    ofDevice_.deviceNodes = {{"/dev/x", "", "c", 1, 3, 0666, "rw", 0, 0}};
    ofDevice_.mounts = {{"/a", "/b", {"bind"}, ""}};
    ofSpec_.hooks = {{"prestart", "/bin/x", {}, {}, 1}};
    EXPECT_EQ(minimumVersion(spec_), "0.3.0");
}

TEST_F(AMinimumVersion, RisesForAMountTypeInTheSpec) {
    ofSpec_.mounts = {{"/a", "/b", {}, ""}, {"tmpfs", "/b", {}, "tmpfs"}};
    EXPECT_EQ(minimumVersion(spec_), "0.4.0");
}

TEST_F(AMinimumVersion, RisesForAMountTypeInADevice) {
    ofDevice_.mounts = {{"tmpfs", "/b", {}, "tmpfs"}};
    EXPECT_EQ(minimumVersion(spec_), "0.4.0");
}

TEST_F(AMinimumVersion, RisesForAHostPathInTheSpec) {
    ofSpec_.deviceNodes.resize(2);
    ofSpec_.deviceNodes[1].hostPath = "/dev/y";
    EXPECT_EQ(minimumVersion(spec_), "0.5.0");
}

TEST_F(AMinimumVersion, RisesForAHostPathInADevice) {
    ofDevice_.deviceNodes.resize(1);
    ofDevice_.deviceNodes[0].hostPath = "/dev/y";
    EXPECT_EQ(minimumVersion(spec_), "0.5.0");
}

TEST_F(AMinimumVersion, RisesForEachDigitThatBeginsADeviceName) {
    for (const char digit : std::string("0123456789")) {
        spec_.devices[0].name = std::string(1, digit) + "x";
        EXPECT_EQ(minimumVersion(spec_), "0.5.0") << digit;
    }
}

TEST_F(AMinimumVersion, StaysForADigitInsideADeviceName) {
    spec_.devices[0].name = "x0";
    EXPECT_EQ(minimumVersion(spec_), "0.3.0");
}

TEST_F(AMinimumVersion, RisesForAnnotationsOfTheSpec) {
    spec_.annotations = {{"a", "b"}};
    EXPECT_EQ(minimumVersion(spec_), "0.6.0");
}

TEST_F(AMinimumVersion, RisesForAnnotationsOfADevice) {
    spec_.devices[0].annotations = {{"a", "b"}};
    EXPECT_EQ(minimumVersion(spec_), "0.6.0");
}

TEST_F(AMinimumVersion, RisesForADotInTheClassButNotInTheVendor) {
    spec_.kind = "hailo.ai/npu.large";
    EXPECT_EQ(minimumVersion(spec_), "0.6.0");
    spec_.kind = "very.hailo.ai/npu";
    EXPECT_EQ(minimumVersion(spec_), "0.3.0");
}

TEST_F(AMinimumVersion, RisesForIntelRdtEvenWhenItIsEmpty) {
    ofSpec_.intelRdt.emplace();
    EXPECT_EQ(minimumVersion(spec_), "0.7.0");
    ofSpec_.intelRdt.reset();
    ofDevice_.intelRdt.emplace();
    EXPECT_EQ(minimumVersion(spec_), "0.7.0");
}

TEST_F(AMinimumVersion, RisesForAdditionalGidsOfTheSpec) {
    ofSpec_.additionalGids = {0};
    EXPECT_EQ(minimumVersion(spec_), "0.7.0");
}

TEST_F(AMinimumVersion, RisesForAdditionalGidsOfADevice) {
    ofDevice_.additionalGids = {44};
    EXPECT_EQ(minimumVersion(spec_), "0.7.0");
}

TEST_F(AMinimumVersion, RisesForSchemata) {
    ofDevice_.intelRdt.emplace().schemata = {"L3:0=ff"};
    EXPECT_EQ(minimumVersion(spec_), "1.1.0");
}

TEST_F(AMinimumVersion, RisesForMonitoring) {
    ofSpec_.intelRdt.emplace().enableMonitoring = true;
    EXPECT_EQ(minimumVersion(spec_), "1.1.0");
}

TEST_F(AMinimumVersion, RisesForNetDevicesOfTheSpec) {
    ofSpec_.netDevices = {{"eth1", "eth0"}};
    EXPECT_EQ(minimumVersion(spec_), "1.1.0");
}

TEST_F(AMinimumVersion, RisesForNetDevicesOfADevice) {
    ofDevice_.netDevices = {{"eth1", "eth0"}};
    EXPECT_EQ(minimumVersion(spec_), "1.1.0");
}

TEST_F(AMinimumVersion, LooksAtEveryDevice) {
    spec_.devices.push_back(spec_.devices[0]);
    spec_.devices[1].containerEdits.additionalGids = {44};
    EXPECT_EQ(minimumVersion(spec_), "0.7.0");
}

TEST_F(AMinimumVersion, IsThatOfTheNewestFeature) {
    ofDevice_.mounts = {{"tmpfs", "/b", {}, "tmpfs"}};
    spec_.devices[0].name = "0";
    EXPECT_EQ(minimumVersion(spec_), "0.5.0");
    spec_.annotations = {{"a", "b"}};
    EXPECT_EQ(minimumVersion(spec_), "0.6.0");
    ofDevice_.additionalGids = {1};
    EXPECT_EQ(minimumVersion(spec_), "0.7.0");
    ofDevice_.netDevices = {{"eth1", "eth0"}};
    EXPECT_EQ(minimumVersion(spec_), "1.1.0");
}

using AVersion = VersionTest;

TEST_F(AVersion, IsKnownWhenItWasReleased) {
    for (const auto* known : {"0.3.0", "0.4.0", "0.5.0", "0.6.0", "0.7.0", "0.8.0", "1.0.0",
                              "1.1.0", "v0.3.0", "v1.1.0"}) {
        EXPECT_TRUE(isKnownVersion(known)) << known;
    }
}

TEST_F(AVersion, IsUnknownOtherwise) {
    for (const auto* unknown : {"", "v", "0.1.0", "0.2.0", "0.9.0", "1.0.1", "1.1.1", "1.2.0",
                                "vv0.5.0", "V0.5.0", "0.5", "0.5.0 ", "0.5.00", "latest"}) {
        EXPECT_FALSE(isKnownVersion(unknown)) << unknown;
    }
}

TEST_F(AVersion, IsOlderThanOnesReleasedLaterWithOrWithoutV) {
    EXPECT_TRUE(isOlder("0.8.0", "1.0.0"));
    EXPECT_TRUE(isOlder("v0.3.0", "0.4.0"));
    EXPECT_FALSE(isOlder("0.5.0", "v0.5.0"));
    EXPECT_FALSE(isOlder("1.1.0", "0.3.0"));
}

} // namespace
} // namespace hdp::cdi
