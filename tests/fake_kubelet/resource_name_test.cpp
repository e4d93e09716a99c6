// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/resource_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::testing {

TEST(AResourceName, IsFineWithADomainAndAName) {
    EXPECT_TRUE(isExtendedResourceName("hailo.ai/device"));
    EXPECT_TRUE(isExtendedResourceName("vendor/H8_l.2"));
}

TEST(AResourceName, NeedsADomain) {
    EXPECT_FALSE(isExtendedResourceName("npu"));
}

TEST(AResourceName, MustNotBelongToKubernetes) {
    EXPECT_FALSE(isExtendedResourceName("kubernetes.io/npu"));
    EXPECT_FALSE(isExtendedResourceName("hailo.kubernetes.io/npu"));
}

TEST(AResourceName, MustNotLookLikeAQuota) {
    EXPECT_FALSE(isExtendedResourceName("requests.hailo.ai/npu"));
}

TEST(AResourceName, HasADomainInLowerCase) {
    EXPECT_FALSE(isExtendedResourceName("Hailo.ai/npu"));
    EXPECT_FALSE(isExtendedResourceName("hailo..ai/npu"));
    EXPECT_FALSE(isExtendedResourceName("-hailo.ai/npu"));
    EXPECT_FALSE(isExtendedResourceName("/npu"));
}

TEST(AResourceName, HasNoOddCharacters) {
    EXPECT_FALSE(isExtendedResourceName("hailo.ai/n pu"));
    EXPECT_FALSE(isExtendedResourceName("hailo.ai/npu-"));
    EXPECT_FALSE(isExtendedResourceName("hailo.ai/npu/x"));
    EXPECT_FALSE(isExtendedResourceName("hailo.ai/"));
}

TEST(AResourceName, HasANameOfAtMost63Characters) {
    EXPECT_TRUE(isExtendedResourceName("hailo.ai/" + std::string(63, 'n')));
    EXPECT_FALSE(isExtendedResourceName("hailo.ai/" + std::string(64, 'n')));
}

TEST(AResourceName, HasADomainThatFitsBehindRequests) {
    EXPECT_TRUE(isExtendedResourceName(std::string(244, 'd') + "/npu"));
    EXPECT_FALSE(isExtendedResourceName(std::string(245, 'd') + "/npu"));
}

} // namespace hdp::testing
