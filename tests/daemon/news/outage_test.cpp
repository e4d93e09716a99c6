// SPDX-License-Identifier: Apache-2.0
#include "daemon/news/outage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OutageTest : public ::testing::Test {
  protected:
    bool works() {
        return outage_.attempt([] {}, [this](const auto& details) { told_.push_back(details); });
    }

    template <typename Error>
    bool fails(const Error& error) {
        return outage_.attempt([&error] { throw error; },
                               [this](const auto& details) { told_.push_back(details); });
    }

    Outage outage_;
    std::vector<std::string> told_;
};

using AnOutage = OutageTest;

std::system_error full(const std::string& path) {
    return {std::make_error_code(std::errc::no_space_on_device), path};
}

TEST_F(AnOutage, IsNotToldOfWhatWorks) {
    EXPECT_TRUE(works());
    EXPECT_THAT(told_, IsEmpty());
}

TEST_F(AnOutage, IsToldOnceForEachCause) {
    EXPECT_FALSE(fails(std::runtime_error("no room")));
    EXPECT_FALSE(fails(std::runtime_error("no room")));
    EXPECT_FALSE(fails(std::runtime_error("no folder")));
    EXPECT_FALSE(fails(std::runtime_error("no room")));
    EXPECT_THAT(told_, ElementsAre("no room", "no folder", "no room"));
}

TEST_F(AnOutage, IsToldAgainAfterItWorked) {
    fails(std::runtime_error("no room"));
    EXPECT_TRUE(works());
    fails(std::runtime_error("no room"));
    EXPECT_THAT(told_, ElementsAre("no room", "no room"));
}

TEST_F(AnOutage, IsTheSameWhenOnlyTheTextOfASystemErrorIsNew) {
    fails(full("a.tmp1"));
    fails(full("a.tmp2"));
    EXPECT_THAT(told_, ElementsAre("a.tmp1: No space left on device"));
}

} // namespace
} // namespace hdp::testing
