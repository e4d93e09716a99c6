// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec_json.hpp"
#include "tests/cdi/spec_json_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace hdp::cdi {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::StartsWith;

using ARefusedSpec = testing::SpecJsonTest;

TEST_F(ARefusedSpec, IsNotJson) {
    for (const auto* text : {"", " ", "{", "{}x", "[", "nul", R"({"a":1,})", "{'a':1}", "// c\n{}",
                             R"("\ud800")", "\"a\nb\"", "1e999", "01", "\xFF\xFE{", "\"\xFF\""}) {
        EXPECT_THAT(refusal(text), AllOf(Not(IsEmpty()), Not(HasSubstr("json.exception"))));
    }
}

TEST_F(ARefusedSpec, IsToldWhereItIsNotJson) {
    EXPECT_THAT(refusal("{\n"
                        R"(  "kind": ])"),
                StartsWith("parse error at line 2, column 11: "));
}

TEST_F(ARefusedSpec, IsToldInPrintableAscii) {
    const std::string sentence = refusal("\"\xC3\xA9" + std::string(5000, 'x') + "\x1B[2J");
    EXPECT_LT(sentence.size(), 1000);
    EXPECT_THAT(sentence, Each(AllOf(Ge(' '), Le('~'))));
}

TEST_F(ARefusedSpec, HidesSomethingBehindANul) {
    const std::string json = withEdits(R"("env":["A=b"])");
    EXPECT_EQ(refusal(json + '\0' + "{}"), "NUL at byte " + std::to_string(json.size() + 1));
}

TEST_F(ARefusedSpec, IsNotAnObject) {
    for (const auto* text : {"null", "[]", "1", "\"a\"", "true"}) {
        EXPECT_EQ(refusal(text), "expected an object") << text;
    }
}

TEST_F(ARefusedSpec, LacksARequiredMember) {
    const std::string device = R"([{"name":"x","containerEdits":{"env":["A=b"]}}])";
    EXPECT_EQ(refusal(R"({"kind":"ab/cd","devices":)" + device + "}"),
              R"("cdiVersion" is missing)");
    EXPECT_EQ(refusal(R"({"cdiVersion":"0.3.0","devices":)" + device + "}"),
              R"("kind" is missing)");
    EXPECT_EQ(refusal(R"({"cdiVersion":"0.3.0","kind":"ab/cd"})"), R"("devices" is missing)");
    EXPECT_EQ(refusal(withEdits(R"("mounts":[{"hostPath":"/a"}])")),
              R"(devices[0].containerEdits.mounts[0]: "containerPath" is missing)");
}

TEST_F(ARefusedSpec, HasAnUnknownField) {
    EXPECT_EQ(refusal(withMember(R"("x-private":1)")), R"(unknown field "x-private")");
    EXPECT_EQ(refusal(withEdits(R"("additionalGIDs":[1])")),
              R"(devices[0].containerEdits: unknown field "additionalGIDs")");
    EXPECT_EQ(refusal(withEdits(R"("intelRdt":{"enableCMT":true})")),
              R"(devices[0].containerEdits.intelRdt: unknown field "enableCMT")");
}

TEST_F(ARefusedSpec, SpellsAFieldInAnotherCase) {
    EXPECT_EQ(refusal(R"({"cdiVersion":"0.3.0","Kind":"ab/cd","devices":[]})"),
              R"("kind" is missing)");
}

TEST_F(ARefusedSpec, NamesAKeyTwice) {
    EXPECT_EQ(refusal(withMember(R"("kind":"ab/cd")")), R"(the key "kind" stands twice)");
    EXPECT_EQ(
        refusal(withEdits(R"("env":["A=b"],"mounts":[{"hostPath":"/a"},)"
                          R"({"hostPath":"/a","options":["x",[],{}],"host\u0050ath":"/b"}])")),
        R"(devices[0].containerEdits.mounts[1]: the key "hostPath" stands twice)");
    EXPECT_EQ(refusal(withMember(R"("annotations":{"a":"1","a":"1"})")),
              R"(annotations: the key "a" stands twice)");
}

TEST_F(ARefusedSpec, HasAMemberOfTheWrongType) {
    const std::string place = "devices[0].containerEdits.";
    EXPECT_EQ(refusal(withEdits(R"("mounts":[{"hostPath":"/a","containerPath":"/a"},)"
                                R"({"hostPath":"/a","containerPath":"/a","options":"ro"}])")),
              place + "mounts[1].options: expected an array of strings");
    EXPECT_EQ(refusal(withEdits(R"("env":["A=b",1])")), place + "env[1]: expected a string");
    EXPECT_EQ(refusal(withEdits(R"("env":null)")), place + "env: expected an array of strings");
    EXPECT_EQ(refusal(withEdits(R"("hooks":{})")), place + "hooks: expected an array of objects");
    EXPECT_EQ(refusal(withEdits(R"("hooks":[null])")), place + "hooks[0]: expected an object");
    EXPECT_EQ(refusal(withEdits(R"("additionalGids":7)")),
              place + "additionalGids: expected an array of integers");
    EXPECT_EQ(refusal(withEdits(R"("intelRdt":null)")), place + "intelRdt: expected an object");
    EXPECT_EQ(refusal(withEdits(R"("intelRdt":{"enableMonitoring":1})")),
              place + "intelRdt.enableMonitoring: expected true or false");
    EXPECT_EQ(refusal(withMember(R"("annotations":[])")),
              "annotations: expected an object of strings");
    EXPECT_EQ(refusal(withMember(R"("annotations":{"a":1})")),
              R"(annotations["a"]: expected a string)");
}

TEST_F(ARefusedSpec, HasANumberOutOfRange) {
    const auto gid = [](const std::string& number) {
        return refusal(withEdits(R"("additionalGids":[)" + number + "]"));
    };
    for (const auto* number : {"-1", "4294967296", "18446744073709551616", "1.0", "1e3", "\"1\"",
                               "true", "-9223372036854775808"}) {
        EXPECT_EQ(gid(number), "devices[0].containerEdits.additionalGids[0]: expected an integer "
                               "from 0 to 4294967295")
            << number;
    }
}

TEST_F(ARefusedSpec, HasANumberTooLargeForItsSignedMember) {
    EXPECT_EQ(refusal(withEdits(R"("deviceNodes":[{"path":"/x","major":9223372036854775808}])")),
              "devices[0].containerEdits.deviceNodes[0].major: expected an integer from "
              "-9223372036854775808 to 9223372036854775807");
}

TEST_F(ARefusedSpec, DeclaresAnUnknownVersion) {
    for (const std::string version : {"1.2.0", "0.2.0", "", "x"}) {
        EXPECT_EQ(refusal(withEdits(R"("env":["A=b"])", version)),
                  "cdiVersion: \"" + version + "\" is unknown");
    }
}

TEST_F(ARefusedSpec, DeclaresAVersionThatLacksWhatItUses) {
    EXPECT_EQ(refusal(withEdits(R"("additionalGids":[1])", "0.6.0")),
              R"(cdiVersion: "0.6.0" is too old for the content, which needs 0.7.0)");
}

TEST_F(ARefusedSpec, HasAnEmptyListOfSchemata) {
    EXPECT_EQ(refusal(withEdits(R"("intelRdt":{"schemata":[]})", "0.7.0")),
              "devices[0].containerEdits.intelRdt: schemata are empty");
}

TEST_F(ARefusedSpec, IsInvalid) {
    EXPECT_EQ(refusal(withEdits(R"("env":["A"])")), R"(device "x": env[0]: "A" is not NAME=VALUE)");
    EXPECT_THAT(refusal(withEdits(R"("env":["A=\u0000"])")), HasSubstr("without NUL"));
}

TEST_F(ARefusedSpec, IsTooLarge) {
    const std::string json = withEdits(R"("env":["A=b"])");
    EXPECT_EQ(refusal(json + std::string(maxSpecBytes - json.size(), ' ')), "");
    EXPECT_EQ(refusal(json + std::string(maxSpecBytes - json.size() + 1, ' ')),
              "the file has 16777217 bytes, more than 16777216");
}

TEST_F(ARefusedSpec, IsNestedTooDeep) {
    EXPECT_EQ(refusal(withMember(R"("annotations":[{"a":)" + std::string(100000, '['))),
              "annotations[0].a"
              "[0][0][0][0][0][0][0][0][0][0][0][0][0]"
              ": nested deeper than 16 levels");
    EXPECT_EQ(refusal(std::string(16, '[') + std::string(16, ']')), "expected an object");
}

} // namespace
} // namespace hdp::cdi
