// SPDX-License-Identifier: Apache-2.0
#include "daemon/log.hpp"
#include "daemon/log/repeats.hpp"
#include "tests/daemon/captured_log.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::testing {
namespace {

using log::Repeats;

const Repeats::Clock::time_point start{};

log::Entry entryOf(const std::string& message, const std::string& event = "device") {
    return {.level = log::Level::Info, .message = message, .fields = {{"HAILO_EVENT", event}}};
}

std::size_t admittedOf(Repeats& repeats, const log::Entry& entry, std::size_t times) {
    std::size_t number = 0;
    for (std::size_t index = 0; index < times; ++index) {
        number += repeats.admit(entry, start) ? 1U : 0U;
    }
    return number;
}

TEST(WhatRepeats, IsLetThroughAFewTimes) {
    Repeats repeats;

    EXPECT_EQ(admittedOf(repeats, entryOf("again"), 1000), Repeats::admitted);
    EXPECT_EQ(admittedOf(repeats, entryOf("another"), 1), 1U);
    EXPECT_EQ(admittedOf(repeats, entryOf("again", "cdi"), 1), 1U);
}

TEST(WhatRepeats, IsCountedWhenItsTimeIsOver) {
    Repeats repeats;
    admittedOf(repeats, entryOf("again"), Repeats::admitted + 7);

    EXPECT_TRUE(repeats.ended(start + Repeats::span / 2).empty());
    const auto summaries = repeats.ended(start + Repeats::span);

    ASSERT_EQ(summaries.size(), 1U);
    EXPECT_EQ(summaries[0], entryOf("again (repeated 7 times)"));
    EXPECT_TRUE(repeats.admit(entryOf("again"), start + Repeats::span));
}

TEST(WhatRepeats, IsNotMentionedIfNothingWasWithheld) {
    Repeats repeats;
    admittedOf(repeats, entryOf("again"), Repeats::admitted);

    EXPECT_TRUE(repeats.all().empty());
}

TEST(WhatRepeats, IsNeverAnAllocation) {
    Repeats repeats;

    EXPECT_EQ(admittedOf(repeats, entryOf("allocated", "allocation"), 1000), 1000U);
    EXPECT_EQ(admittedOf(repeats, entryOf("refused", "allocation"), 1000), 1000U);
}

TEST(WhatRepeats, TakesLittleMemoryHoweverManyThereAre) {
    Repeats repeats;
    admittedOf(repeats, entryOf("again"), Repeats::admitted + 1);
    std::size_t told = 0;

    for (std::size_t index = 0; index < 10 * Repeats::remembered; ++index) {
        told += repeats.ended(start).size();
        EXPECT_TRUE(repeats.admit(entryOf("number " + std::to_string(index)), start));
    }

    EXPECT_EQ(told, 1U);
}

TEST(ALog, IsNotFloodedByOneEntry) {
    const CapturedLog captured;

    for (int time = 0; time < 1000; ++time) {
        log::warning("the same", {{"HAILO_EVENT", "a"}, {"HAILO_DEVICE", "b"}});
    }
    log::tellAllRepeats();

    EXPECT_EQ(captured.count("\n"), Repeats::admitted + 1);
    EXPECT_EQ(
        captured.count("warning the same (repeated 990 times)  HAILO_EVENT=a  HAILO_DEVICE=b\n"),
        1U);
}

} // namespace
} // namespace hdp::testing
