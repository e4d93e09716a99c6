// SPDX-License-Identifier: Apache-2.0
#include "daemon/child/child_command.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::StartsWith;

constexpr ChildCommand::Limits patient{.time = 30s, .outputBytes = 4096};
constexpr ChildCommand::Limits hasty{.time = 50ms, .outputBytes = 4096};

class ChildCommandTest : public ::testing::Test {
  protected:
    void start(const std::vector<std::string>& arguments, ChildCommand::Limits limits = patient) {
        command.emplace(loop, abandoned, arguments, limits, [this](ChildEnd end) {
            ++ends;
            last = std::move(end);
        });
    }

    void startShell(const std::string& script, ChildCommand::Limits limits = patient) {
        start({"/bin/sh", "-c", script}, limits);
    }

    ChildEnd endOfShell(const std::string& script, ChildCommand::Limits limits = patient) {
        startShell(script, limits);
        EXPECT_TRUE(runUntil(loop, [this] { return ends > 0; }));
        return last;
    }

    bool allAreReaped() {
        return runUntil(loop, [this] { return abandoned.reap() == 0; });
    }

    TemporaryDirectory base;
    boost::asio::io_context loop;
    AbandonedChildren abandoned;
    int ends = 0;
    ChildEnd last;
    std::optional<ChildCommand> command;
};

using AChildCommand = ChildCommandTest;

TEST_F(AChildCommand, GivesBackWhatTheProgramWrote) {
    const auto end = endOfShell("echo one; echo two");

    EXPECT_EQ(end.kind, ChildEnd::Kind::Success);
    EXPECT_EQ(end.output, "one\ntwo\n");
    EXPECT_EQ(end.failure, "");
}

TEST_F(AChildCommand, SaysWithWhichCodeTheProgramEnded) {
    const auto end = endOfShell("echo half; exit 3");

    EXPECT_EQ(end.kind, ChildEnd::Kind::Failure);
    EXPECT_EQ(end.failure, "ended with code 3");
    EXPECT_EQ(end.output, "half\n");
}

TEST_F(AChildCommand, SaysWhichSignalEndedTheProgram) {
    EXPECT_EQ(endOfShell("kill -TERM $$").failure, "was ended by signal 15");
}

TEST_F(AChildCommand, TellsLaterThatTheProgramCannotStart) {
    start({"/nowhere/at/all"});
    EXPECT_EQ(ends, 0) << "never from the constructor";

    ASSERT_TRUE(runUntil(loop, [this] { return ends > 0; }));
    EXPECT_EQ(last.kind, ChildEnd::Kind::Failure);
    EXPECT_THAT(last.failure, StartsWith("could not start: posix_spawn"));
}

TEST_F(AChildCommand, GivesUpAndKillsAProgramThatDoesNotEnd) {
    const auto end = endOfShell("echo begun; exec sleep 1000", hasty);

    EXPECT_EQ(end.kind, ChildEnd::Kind::Overdue);
    EXPECT_EQ(end.failure, "did not end within 50 ms");
    EXPECT_TRUE(allAreReaped());
}

TEST_F(AChildCommand, GivesUpAProgramThatWritesTooMuch) {
    const auto end = endOfShell("exec yes");

    EXPECT_EQ(end.kind, ChildEnd::Kind::Failure);
    EXPECT_EQ(end.failure, "wrote more than 4096 bytes");
    EXPECT_TRUE(allAreReaped());
}

TEST_F(AChildCommand, CountsWhatWasWrittenJustBeforeTheEnd) {
    EXPECT_EQ(endOfShell("head -c 4097 /dev/zero").kind, ChildEnd::Kind::Failure);
    ends = 0;
    EXPECT_EQ(endOfShell("head -c 4096 /dev/zero").output.size(), 4096U);
}

TEST_F(AChildCommand, DoesNotWaitForAGrandchildThatKeepsTheOutputOpen) {
    const auto end = endOfShell("sleep 1000 & echo $!");

    ASSERT_EQ(end.kind, ChildEnd::Kind::Success) << end.failure;
    EXPECT_EQ(::kill(std::stoi(end.output), SIGKILL), 0);
}

TEST_F(AChildCommand, KillsTheProgramWhenItIsDestroyed) {
    const auto file = base.path() / "pid";
    startShell("echo $$ > " + file.string() + ".new && mv " + file.string() + ".new " +
               file.string() + "; exec sleep 1000");
    ASSERT_TRUE(runUntil(loop, [&file] { return std::filesystem::exists(file); }));
    command.reset();

    EXPECT_TRUE(allAreReaped());
    pid_t child = 0;
    std::ifstream{file} >> child;
    ASSERT_GT(child, 0);
    EXPECT_EQ(::kill(child, 0), -1);
    EXPECT_EQ(errno, ESRCH);
}

TEST_F(AChildCommand, CallsNobodyBackAfterItsDestruction) {
    start({"/nowhere/at/all"}); // its end is queued
    command.reset();
    runReady(loop);

    EXPECT_EQ(ends, 0);
}

TEST_F(AChildCommand, LeavesTheLoopNothingToWaitForAfterItsDestruction) {
    startShell("exec sleep 1000");
    command.reset();
    loop.run();

    EXPECT_TRUE(allAreReaped());
}

TEST_F(AChildCommand, MayBeDestroyedByItsCallback) {
    bool ended = false;
    command.emplace(loop, abandoned, std::vector<std::string>{"/bin/true"}, patient,
                    [this, &ended](const ChildEnd&) {
                        command.reset();
                        ended = true;
                    });

    EXPECT_TRUE(runUntil(loop, [&ended] { return ended; }));
}

TEST_F(AChildCommand, GivesTheProgramNoOtherDescriptor) {
    const int leaked = ::open("/dev/null", O_RDONLY); // NOLINT: without O_CLOEXEC on purpose
    const int high = ::dup2(leaked, 77);
    const auto end = endOfShell("ls /proc/$$/fd");
    ::close(leaked);
    ::close(high);

    EXPECT_EQ(end.output, "0\n1\n2\n");
}

TEST_F(AChildCommand, GivesTheProgramItsSignalsBack) {
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    const auto end = endOfShell("kill -PIPE $$; echo still here");
    std::signal(SIGPIPE, before); // NOLINT(cert-err33-c): cannot fail for a valid signal

    EXPECT_EQ(end.failure, "was ended by signal 13");
}

} // namespace
} // namespace hdp::testing
