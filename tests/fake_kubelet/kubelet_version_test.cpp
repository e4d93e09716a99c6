// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_version.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace hdp::testing {

TEST(AKubeletVersion, DecidesWhatAStartDeletes) {
    EXPECT_EQ(behaviourOf("1.32").wipeRule, WipeRule::UpTo132);
    EXPECT_EQ(behaviourOf("1.33").wipeRule, WipeRule::From133);
}

TEST(AKubeletVersion, DecidesWhetherADroppedIdKills) {
    EXPECT_EQ(behaviourOf("1.33").droppedId, DroppedId::Survives);
    EXPECT_EQ(behaviourOf("1.34").droppedId, DroppedId::Panics);
}

TEST(AKubeletVersion, DecidesWhetherAPluginsDeadlineEndsTheDial) {
    EXPECT_EQ(behaviourOf("1.34").callerContext, CallerContext::Ignored);
    EXPECT_EQ(behaviourOf("1.35").callerContext, CallerContext::Honoured);
}

TEST(AKubeletVersion, DecidesWhatATakeoverDoes) {
    EXPECT_EQ(behaviourOf("1.36").takeover, Takeover::DisconnectsCurrent);
    EXPECT_EQ(behaviourOf("1.37").takeover, Takeover::KeepsCurrent);
}

TEST(AKubeletVersion, MayHaveAPatchNumberAndAV) {
    EXPECT_EQ(behaviourOf("v1.37.2").takeover, Takeover::KeepsCurrent);
}

TEST(AKubeletVersion, HasOneFormOnly) {
    for (const auto* text : {"", "1", "1.", "2.34", "1.x", "1.34x", "34"}) {
        EXPECT_THROW(behaviourOf(text), std::invalid_argument) << text;
    }
}

} // namespace hdp::testing
