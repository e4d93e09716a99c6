// SPDX-License-Identifier: Apache-2.0
#include "daemon/systemd/datagram_socket.hpp"
#include "daemon/systemd/journal.hpp"
#include "daemon/systemd/notify_socket.hpp"
#include "daemon/systemd/service_environment.hpp"
#include "daemon/systemd/watchdog.hpp"
#include "tests/daemon/systemd/datagram_receiver.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;
using systemd::ServiceEnvironment;

TEST(ADatagramSocket, DeliversToAPath) {
    const DatagramReceiver receiver;

    EXPECT_TRUE(systemd::DatagramSocket{}.send(receiver.address(), "words"));

    EXPECT_EQ(receiver.next(), "words");
}

TEST(ADatagramSocket, SaysSoWhenNobodyIsThere) {
    const systemd::DatagramSocket socket;

    EXPECT_FALSE(socket.send("/nowhere/socket", "words"));
    EXPECT_FALSE(socket.send("@nobody has this name", "words"));
    EXPECT_FALSE(socket.send("", "words"));
    EXPECT_FALSE(socket.send(std::string(200, 'x'), "words"));
}

TEST(ADatagramSocket, SaysSoInsteadOfWaitingWhenTheQueueIsFull) {
    const DatagramReceiver receiver;
    const systemd::DatagramSocket socket;
    std::size_t taken = 0;

    while (socket.send(receiver.address(), "words") && taken < 100'000) {
        ++taken;
    }

    EXPECT_GT(taken, 0U);
    EXPECT_LT(taken, 100'000U);
}

TEST(AJournalEntry, HasALineForEachField) {
    systemd::JournalEntry entry;
    entry.add("MESSAGE", "a = b");
    entry.add("PRIORITY", "6");

    EXPECT_EQ(entry.datagram(), "MESSAGE=a = b\nPRIORITY=6\n");
}

TEST(AJournalEntry, GivesTheLengthOfAValueOfSeveralLines) {
    systemd::JournalEntry entry;
    entry.add("MESSAGE", "a\nb");

    EXPECT_EQ(entry.datagram(), std::string("MESSAGE\n\3\0\0\0\0\0\0\0a\nb\n", 20));
}

TEST(ADescriptor, IsTheJournalIfTheVariableNamesIt) {
    struct stat status {};

    ASSERT_EQ(::fstat(STDIN_FILENO, &status), 0);
    const auto name = std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);

    EXPECT_TRUE(systemd::isJournal(STDIN_FILENO, name));
    EXPECT_FALSE(systemd::isJournal(STDIN_FILENO, name + "1"));
    EXPECT_FALSE(systemd::isJournal(STDIN_FILENO, ""));
    EXPECT_FALSE(systemd::isJournal(-1, name));
}

ServiceEnvironment read(std::vector<const char*> variables) {
    variables.push_back(nullptr);
    return ServiceEnvironment::read(variables.data(), 42);
}

TEST(AServiceEnvironment, HasWhatSystemdSet) {
    const auto environment =
        read({"A=b", "NOTIFY_SOCKET=/run/n", "WATCHDOG_USEC=30000000", "JOURNAL_STREAM=1:2"});

    EXPECT_EQ(environment.notifySocket, "/run/n");
    EXPECT_EQ(environment.watchdog, 30s);
    EXPECT_EQ(environment.journalStream, "1:2");
}

TEST(AServiceEnvironment, HasNothingOutsideOfSystemd) {
    const auto environment = read({"NOTIFY_SOCKETS=/run/n"});

    EXPECT_EQ(environment.notifySocket, "");
    EXPECT_EQ(environment.watchdog, 0s);
}

TEST(AServiceEnvironment, HasTheWatchdogOfItsOwnProcessOnly) {
    EXPECT_EQ(read({"WATCHDOG_USEC=1000000", "WATCHDOG_PID=42"}).watchdog, 1s);
    EXPECT_EQ(read({"WATCHDOG_USEC=1000000", "WATCHDOG_PID=43"}).watchdog, 0s);
}

TEST(AServiceEnvironment, TakesNonsenseForNoWatchdog) {
    for (const auto* nonsense : {"", "abc", "-5", "1", "5s", "99999999999999999999"}) {
        EXPECT_EQ(read({("WATCHDOG_USEC=" + std::string{nonsense}).c_str()}).watchdog, 0s)
            << nonsense;
    }
    EXPECT_EQ(read({"WATCHDOG_USEC=9223372036854775807"}).watchdog, 24h);
}

TEST(AWatchdog, IsPingedTwiceInEachInterval) {
    const DatagramReceiver receiver;
    const systemd::NotifySocket systemd{receiver.address()};
    boost::asio::io_context loop;
    const auto begin = std::chrono::steady_clock::now();

    systemd::Watchdog watchdog{loop, systemd, 200ms};
    loop.run_one();
    loop.run_one();

    EXPECT_GE(std::chrono::steady_clock::now() - begin, 200ms);
    for (int ping = 0; ping < 3; ++ping) {
        EXPECT_EQ(receiver.next(), "WATCHDOG=1");
    }
    EXPECT_TRUE(receiver.isEmpty());
}

TEST(AWatchdog, LetsTheLoopEndWhenItIsStopped) {
    const DatagramReceiver receiver;
    const systemd::NotifySocket systemd{receiver.address()};
    boost::asio::io_context loop;
    systemd::Watchdog watchdog{loop, systemd, 24h};

    watchdog.stop();
    loop.run();

    EXPECT_EQ(receiver.next(), "WATCHDOG=1");
}

TEST(AWatchdog, IsQuietWhenNobodyWantsIt) {
    const DatagramReceiver receiver;
    const systemd::NotifySocket systemd{receiver.address()};
    boost::asio::io_context loop;

    const systemd::Watchdog watchdog{loop, systemd, 0s};
    loop.run();

    EXPECT_TRUE(receiver.isEmpty());
}

} // namespace
} // namespace hdp::testing
