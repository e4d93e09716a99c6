// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec_json.hpp"
#include "tests/cdi/example_specs.hpp"
#include "tests/cdi/spec_json_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace hdp::cdi {
namespace {

using ::testing::HasSubstr;

std::string golden(const std::string& name) {
    const char* root = std::getenv("HDP_SOURCE_ROOT"); // NOLINT(concurrency-mt-unsafe)
    if (root == nullptr) {
        throw std::runtime_error("HDP_SOURCE_ROOT is not set");
    }
    std::ifstream file(std::filesystem::path(root) / "tests/cdi/golden" / name);
    return {std::istreambuf_iterator<char>(file), {}};
}

using ASpecAsJson = testing::SpecJsonTest;

TEST_F(ASpecAsJson, IsTheGoldenFileForTwoChips) {
    EXPECT_EQ(toJson(testing::twoChips()), golden("two_chips.json"));
}

TEST_F(ASpecAsJson, IsTheGoldenFileForAllMembers) {
    EXPECT_EQ(toJson(testing::fullSpec()), golden("all_members.json"));
}

TEST_F(ASpecAsJson, LeavesOutWhatIsEmpty) {
    EXPECT_EQ(toJson(testing::leastSpec()), R"({
  "cdiVersion": "0.3.0",
  "kind": "hailo.ai/device",
  "devices": [
    {
      "name": "chip",
      "containerEdits": {
        "env": [
          "A=b"
        ]
      }
    }
  ]
}
)");
}

TEST_F(ASpecAsJson, KeepsAZeroThatIsPresent) {
    Spec spec = testing::leastSpec();
    spec.devices[0].containerEdits.deviceNodes = {{"/dev/x", "", "c", 0, 0, 0, "", 0, 0}};
    EXPECT_EQ(parseSpec(toJson(spec)), spec);
    EXPECT_THAT(toJson(spec), HasSubstr(R"("fileMode": 0)"));
}

TEST_F(ASpecAsJson, ReadsBackAsTheSameSpec) {
    for (const Spec& spec : {testing::leastSpec(), testing::fullSpec(), testing::twoChips()}) {
        EXPECT_EQ(parseSpec(toJson(spec)), spec);
    }
}

TEST_F(ASpecAsJson, ReadsBackWithAnEmptyIntelRdt) {
    Spec spec = testing::leastSpec();
    spec.devices[0].containerEdits.intelRdt.emplace();
    EXPECT_EQ(parseSpec(toJson(spec)), spec);
}

TEST_F(ASpecAsJson, IsRefusedWithAllSentencesWhenTheSpecIsInvalid) {
    Spec spec = testing::leastSpec();
    spec.kind = "x";
    spec.devices[0].containerEdits.env = {"\xFF"};
    try {
        toJson(spec);
        FAIL();
    } catch (const std::invalid_argument& error) {
        EXPECT_STREQ(error.what(),
                     R"(kind "x" is not vendor/class; device "chip": env[0]: "\xff" is not )"
                     "NAME=VALUE; devices[0].containerEdits.env[0] is not UTF-8 without NUL");
    }
}

using AParsedSpec = testing::SpecJsonTest;

TEST_F(AParsedSpec, MayBeInAnyOrderAndLayout) {
    const Spec spec =
        parseSpec("\xEF\xBB\xBF \n{\"devices\":[{\"containerEdits\":{\"env\":[\"A=\\u00e9\"]},"
                  "\"name\":\"x\"}],\t\"kind\":\"ab/cd\",\"cdiVersion\":\"v0.3.0\"}");
    EXPECT_EQ(spec.devices[0].containerEdits.env[0], "A=\xC3\xA9");
}

TEST_F(AParsedSpec, MayHaveEmptyMembersAsOtherWritersLeaveThem) {
    EXPECT_EQ(refusal(withMember(R"("containerEdits":{},"annotations":{})")), "");
    EXPECT_EQ(refusal(withEdits(R"("env":["A=b"],"mounts":[],"hooks":[])")), "");
}

TEST_F(AParsedSpec, MayDeclareANewerVersionThanItNeeds) {
    for (const auto* version : {"0.3.0", "v0.8.0", "1.1.0"}) {
        EXPECT_EQ(refusal(withEdits(R"("env":["A=b"])", version)), "") << version;
    }
}

TEST_F(AParsedSpec, MayHoldTheLimitsOfEveryNumber) {
    const Spec spec = parseSpec(withEdits(
        R"("deviceNodes":[{"path":"/x","major":2147483647,"uid":4294967295,"fileMode":4095}],)"
        R"("hooks":[{"hookName":"poststop","path":"/x","timeout":2147483647}])"));
    const ContainerEdits& edits = spec.devices[0].containerEdits;
    EXPECT_EQ(edits.deviceNodes[0].major, 2147483647);
    EXPECT_EQ(edits.deviceNodes[0].uid, 4294967295U);
    EXPECT_EQ(edits.hooks[0].timeout, 2147483647);
}

} // namespace
} // namespace hdp::cdi
