// SPDX-License-Identifier: Apache-2.0
#include "daemon/log.hpp"
#include "tests/daemon/captured_log.hpp"

#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

TEST(ALogEntry, StaysOneLineWhateverItsWordsAre) {
    const CapturedLog log;

    log::warning("first\nsecond\r", {{"HAILO_EVENT", "a\nb"}});

    EXPECT_EQ(log.count("first\\x0asecond\\x0d  HAILO_EVENT=a\\x0ab\n"), 1U) << log.text();
    EXPECT_EQ(log.count("\n"), 1U);
}

TEST(ALogEntry, SaysNothingToATerminal) {
    const CapturedLog log;

    log::warning("\x1b[31mred\x7f", {});

    EXPECT_EQ(log.count("\\x1b[31mred\\x7f"), 1U) << log.text();
}

TEST(ALogEntry, KeepsWordsOfAllLanguages) {
    const CapturedLog log;

    log::info("Gerät → Knoten", {});

    EXPECT_EQ(log.count("Gerät → Knoten"), 1U) << log.text();
}

} // namespace
} // namespace hdp::testing
