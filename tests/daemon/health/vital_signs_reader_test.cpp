// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/vital_signs_reader.hpp"
#include "tests/support/loop_runner.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;
using hotplug::PciAddress;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Key;

constexpr PciAddress first{0, 1, 0, 0};
constexpr PciAddress second{0, 2, 0, 0};

/// Reads with a shell script in the place of the daemon's binary: the addresses are its arguments.
class AReader : public ::testing::Test {
  protected:
    void read(const std::string& script, std::chrono::milliseconds patience = 30s) {
        reader.emplace(loop, VitalSignsReader::Command{
                                 {"/bin/sh", "-c", script, "sh"}, patience, startPatience});
        readAgain();
    }

    void readAgain() {
        isDone = false;
        reader->read({first, second}, [this](const auto& told, const std::string& cause) {
            answers = told;
            error = cause;
            isDone = true;
        });
        ASSERT_TRUE(runUntil(loop, [this] { return isDone; }));
    }

    std::chrono::milliseconds startPatience = 30s;
    boost::asio::io_context loop{1};
    std::optional<VitalSignsReader> reader;
    VitalSignsReader::Answers answers;
    std::string error;
    bool isDone = false;
};

TEST_F(AReader, GivesTheAnswerOfEachChip) {
    read("for chip; do echo $chip config=dead; done");

    EXPECT_THAT(answers, ElementsAre(Key(first), Key(second)));
    EXPECT_TRUE(answers.at(first)->isConfigSpaceDead);
    EXPECT_THAT(error, IsEmpty());
}

TEST_F(AReader, LeavesOutAChipThatIsGone) {
    read("echo $1 gone; echo $2 config=alive");

    EXPECT_THAT(answers, ElementsAre(Key(second)));
}

TEST_F(AReader, TellsTheChipThatDoesNotAnswerFromThoseThatDo) {
    read("echo $2 config=alive; exec sleep 1000", 300ms);

    EXPECT_EQ(answers.at(first), std::nullopt);
    EXPECT_TRUE(answers.at(second));
}

TEST_F(AReader, BlamesNoChipWhenNobodyCanBeAsked) {
    read("exit 3");

    EXPECT_THAT(answers, IsEmpty());
    EXPECT_THAT(error, HasSubstr("ended with code 3"));
}

TEST_F(AReader, CanReadAgainAfterAnOverdueAnswer) {
    read("echo asking; exec sleep 1000", 50ms);
    readAgain();

    EXPECT_THAT(answers, ElementsAre(Key(first), Key(second)));
}

TEST_F(AReader, BlamesNoChipWhenTheMachineIsTooBusyToAsk) {
    startPatience = 50ms;
    read("exec sleep 1000");

    EXPECT_THAT(answers, IsEmpty());
    EXPECT_THAT(error, HasSubstr("did not begin within 50 ms"));
}

TEST_F(AReader, WaitsLongerForTheProgramToBeginThanForAnAnswer) {
    read("sleep 0.3; echo $1 config=alive; echo $2 config=alive", 200ms);

    EXPECT_TRUE(answers.at(first));
    EXPECT_TRUE(answers.at(second));
}

TEST_F(AReader, ReadsItsOwnProgramsSysfsByDefault) {
    const auto command = VitalSignsReader::ownCommand("/host/sys");
    EXPECT_THAT(command.start, ElementsAre("/proc/self/exe", "vital-signs", "/host/sys"));
}

} // namespace
} // namespace hdp::testing
