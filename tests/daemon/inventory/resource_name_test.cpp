// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/resource_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace hdp::testing {
namespace {

using ::testing::HasSubstr;

/// What is said against a name; empty if nothing is.
std::string complaintAbout(const std::string& name) {
    try {
        checkResourceName(name);
        return {};
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
}

class AGoodName : public ::testing::TestWithParam<std::string> {};

TEST_P(AGoodName, IsAccepted) {
    EXPECT_EQ(complaintAbout(GetParam()), "");
}

INSTANTIATE_TEST_SUITE_P(Of,
                         AGoodName,
                         ::testing::Values("hailo.ai/device",
                                           "hailo.ai/npu",
                                           "hailo.ai/H8_fast.1",
                                           "a/b",
                                           "8.ai/8",
                                           "hailo.ai/" + std::string(63, 'n'),
                                           std::string(244, 'd') + "/device"));

class ABadName : public ::testing::TestWithParam<std::string> {};

TEST_P(ABadName, IsRefusedAndQuoted) {
    EXPECT_THAT(complaintAbout(GetParam()), HasSubstr("\"" + GetParam() + "\""));
    EXPECT_THAT(complaintAbout(GetParam()), HasSubstr("hailo.ai/device"));
}

INSTANTIATE_TEST_SUITE_P(Of,
                         ABadName,
                         ::testing::Values("",
                                           "device",
                                           "/device",
                                           "hailo.ai/",
                                           "hailo.ai/de/vice",
                                           "Hailo.ai/device",
                                           "hailo_ai/device",
                                           "-hailo.ai/device",
                                           "hailo.ai-/device",
                                           "hailo..ai/device",
                                           "hailo.ai./device",
                                           "hailo.ai/-device",
                                           "hailo.ai/device.",
                                           "hailo.ai/de vice",
                                           "hailo.ai/device\n",
                                           "hailo.kubernetes.io/device",
                                           "kubernetes.io/device",
                                           "requests.hailo.ai/device",
                                           "hailo.ai/" + std::string(64, 'n'),
                                           std::string(245, 'd') + "/device",
                                           std::string(100'000, 'd') + "/device",
                                           "hailo.ai/" + std::string(100'000, 'n')));

TEST(AResourceName, IsRefusedWithItsCause) {
    EXPECT_THAT(complaintAbout("device"), HasSubstr("has no domain"));
    EXPECT_THAT(complaintAbout("hailo.kubernetes.io/device"), HasSubstr("kubernetes.io"));
    EXPECT_THAT(complaintAbout("requests.hailo.ai/device"), HasSubstr("quotas"));
    EXPECT_THAT(complaintAbout("Hailo.ai/device"), HasSubstr("lower-case DNS subdomain"));
    EXPECT_THAT(complaintAbout("hailo.ai/"), HasSubstr("behind the slash"));
}

} // namespace
} // namespace hdp::testing
