// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/system_calls.hpp"
#include "tests/support/testbed.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace hdp::testing {

/// A machine with the two chips of a ShortLife. Left out where nobody may trace, but not in CI.
class TracedTest : public ::testing::Test {
  protected:
    TracedTest() {
        hardware_.plug({.address = {0, 1, 0, 0}, .index = 0});
        hardware_.plug({.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}});
    }

    void SetUp() override {
        if (const auto why = whyNoTracing()) {
            if (std::getenv("CI") != nullptr) { // NOLINT(concurrency-mt-unsafe)
                FAIL() << *why;
            }
            GTEST_SKIP() << *why;
        }
    }

  private:
    Testbed hardware_;
};

} // namespace hdp::testing
