// SPDX-License-Identifier: Apache-2.0
#include "cdi/validation.hpp"
#include "tests/cdi/example_specs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hdp::cdi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A spec whose device is named "chip", to be spoiled by the test.
class ValidationTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::vector<std::string> sentences() const { return validate(spec_); }

    Spec spec_ = testing::leastSpec();
    ContainerEdits& edits_ = spec_.devices[0].containerEdits;
};

using AValidSpec = ValidationTest;

TEST_F(AValidSpec, HasNoSentences) {
    EXPECT_THAT(validate(testing::leastSpec()), IsEmpty());
    EXPECT_THAT(validate(testing::fullSpec()), IsEmpty());
    EXPECT_THAT(validate(testing::twoChips()), IsEmpty());
}

TEST_F(AValidSpec, MayCarryAnnotationsUpToTheLimit) {
    spec_.annotations = {{"k", std::string((256U << 10U) - 1, 'x')}};
    EXPECT_THAT(sentences(), IsEmpty());
}

TEST_F(AValidSpec, MayGiveADeviceOneEditOnly) {
    edits_ = {};
    edits_.additionalGids = {0};
    EXPECT_THAT(sentences(), IsEmpty());
    edits_ = {};
    edits_.intelRdt.emplace();
    EXPECT_THAT(sentences(), IsEmpty());
}

using AnInvalidSpec = ValidationTest;

TEST_F(AnInvalidSpec, HasABadKind) {
    spec_.kind = "hailo.ai";
    EXPECT_THAT(sentences(), ElementsAre(R"(kind "hailo.ai" is not vendor/class)"));
}

TEST_F(AnInvalidSpec, HasNoDevices) {
    spec_.devices.clear();
    EXPECT_THAT(sentences(), ElementsAre("devices are empty"));
}

TEST_F(AnInvalidSpec, HasTheSameDeviceTwice) {
    spec_.devices.push_back(spec_.devices[0]);
    EXPECT_THAT(sentences(), ElementsAre(R"(device "chip": the name stands twice)"));
}

TEST_F(AnInvalidSpec, HasABadDeviceName) {
    spec_.devices[0].name = "-chip";
    EXPECT_THAT(sentences(), ElementsAre(R"(device "-chip": the name is not letters, digits, "_", )"
                                         R"("-", "." and ":" between letters or digits)"));
}

TEST_F(AnInvalidSpec, HasADeviceWithoutEdits) {
    edits_ = {};
    EXPECT_THAT(sentences(), ElementsAre(R"(device "chip": containerEdits are empty)"));
}

TEST_F(AnInvalidSpec, HasAVariableWithoutAName) {
    edits_.env = {"A=b", "=b", "B", ""};
    EXPECT_THAT(sentences(), ElementsAre(R"(device "chip": env[1]: "=b" is not NAME=VALUE)",
                                         R"(device "chip": env[2]: "B" is not NAME=VALUE)",
                                         R"(device "chip": env[3]: "" is not NAME=VALUE)"));
}

TEST_F(AnInvalidSpec, HasABadAnnotationKey) {
    spec_.annotations = {{"a b", "x"}};
    spec_.devices[0].annotations = {{"/a", "x"}};
    EXPECT_THAT(
        sentences(),
        ElementsAre(R"(annotation key "a b" is not a Kubernetes qualified name)",
                    R"(device "chip": annotation key "/a" is not a Kubernetes qualified name)"));
}

TEST_F(AnInvalidSpec, HasAnnotationsBeyondTheLimit) {
    spec_.devices[0].annotations = {{"k", std::string(131071, 'x')},
                                    {"l", std::string(131072, 'x')}};
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": annotations have 262145 bytes, more than 262144)"));
}

TEST_F(AnInvalidSpec, HasBadEditsOfItsOwn) {
    spec_.containerEdits.env = {"B"};
    EXPECT_THAT(sentences(), ElementsAre(R"(containerEdits: env[0]: "B" is not NAME=VALUE)"));
}

TEST_F(AnInvalidSpec, IsToldWithAllItsFaults) {
    spec_.kind = "";
    spec_.devices[0].name = "";
    edits_.env = {"B"};
    EXPECT_EQ(sentences().size(), 3);
}

TEST_F(AnInvalidSpec, IsToldInPrintableAscii) {
    edits_.env = {"\x1B[2J\xC3\xA9\"" + std::string(1000, 'x')};
    ASSERT_EQ(sentences().size(), 1);
    EXPECT_THAT(sentences()[0],
                ::testing::StartsWith(R"(device "chip": env[0]: "\x1b[2J\xc3\xa9)"));
    EXPECT_LT(sentences()[0].size(), 400);
}

TEST_F(AnInvalidSpec, IsFoundWhereverABadStringHides) {
    const std::string bad("/a=\0", 4);
    spec_ = testing::fullSpec();
    spec_.annotations["note"] = bad;
    spec_.devices[0].annotations["model"] = bad;
    ContainerEdits& edits = spec_.devices[0].containerEdits;
    edits.deviceNodes[0].path = edits.deviceNodes[0].hostPath = bad;
    edits.mounts[0] = {bad, bad, {bad}, bad};
    edits.hooks[0].path = bad;
    edits.hooks[0].args = edits.hooks[0].env = {bad};
    edits.intelRdt = IntelRdt{"", bad, bad, {bad}, false};
    edits.netDevices = {{bad, bad}};
    EXPECT_EQ(sentences().size(), 16);
    EXPECT_THAT(sentences(),
                ::testing::Contains(R"(annotations["note"] is not UTF-8 without NUL)"));
    EXPECT_THAT(sentences(),
                ::testing::Contains("devices[0].containerEdits.intelRdt.schemata[0] is not UTF-8 "
                                    "without NUL"));
}

} // namespace
} // namespace hdp::cdi
