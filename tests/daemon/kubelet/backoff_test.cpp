// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/backoff.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;

Backoff backoffWith(double random) {
    return {200ms, 10s, [random] { return random; }};
}

TEST(ABackoff, DoublesEachWaitUpToTheLongest) {
    auto backoff = backoffWith(0.0);

    EXPECT_EQ(backoff.next(), 200ms);
    EXPECT_EQ(backoff.next(), 400ms);
    EXPECT_EQ(backoff.next(), 800ms);
    EXPECT_EQ(backoff.next(), 1600ms);
    EXPECT_EQ(backoff.next(), 3200ms);
    EXPECT_EQ(backoff.next(), 6400ms);
    EXPECT_EQ(backoff.next(), 10s);
    EXPECT_EQ(backoff.next(), 10s);
}

TEST(ABackoff, ShortensAWaitByHalfAtMost) {
    auto backoff = backoffWith(0.999'999);

    EXPECT_GE(backoff.next(), 100ms);
    EXPECT_LE(backoff.next(), 201ms);
}

TEST(ABackoff, DoublesInSpiteOfTheShortening) {
    auto backoff = backoffWith(0.5);

    EXPECT_EQ(backoff.next(), 150ms);
    EXPECT_EQ(backoff.next(), 300ms);
    EXPECT_EQ(backoff.next(), 600ms);
}

TEST(ABackoff, StartsAgainWhenItIsReset) {
    auto backoff = backoffWith(0.0);
    backoff.next();
    backoff.next();
    backoff.reset();

    EXPECT_EQ(backoff.next(), 200ms);
    EXPECT_EQ(backoff.next(), 400ms);
}

TEST(ABackoff, NeverWaitsNothingAtAll) {
    Backoff backoff{1ms, 10s, [] { return 0.9; }};

    EXPECT_GE(backoff.next(), 1ms);
}

} // namespace
} // namespace hdp::testing
