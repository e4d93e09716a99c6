// SPDX-License-Identifier: Apache-2.0
#include "tests/support/process_stats.hpp"
#include "tests/support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <gtest/gtest.h>

#include <sys/inotify.h>
#include <unistd.h>

namespace hdp::testing {
namespace {

using Protocol = boost::asio::local::stream_protocol;

TEST(TheDescriptorsOfAProcess, AreCountedByTheirKind) {
    const auto before = descriptorsOf(::getpid());
    boost::asio::io_context loop;
    const Protocol::socket first{loop, Protocol{}};
    const Protocol::socket second{loop, Protocol{}};

    auto after = descriptorsOf(::getpid());

    const auto sockets = before.contains("socket") ? before.at("socket") : 0;
    EXPECT_EQ(after["socket"], sockets + 2);
    EXPECT_GE(after["anon_inode:[eventpoll]"], 1U);
}

TEST(TheConnectionsOnASocket, AreThoseItAcceptedAndStillHas) {
    const TemporaryDirectory folder;
    const auto path = folder.path() / "a.sock";
    boost::asio::io_context loop;
    Protocol::acceptor acceptor{loop, Protocol::endpoint{path.string()}};
    Protocol::socket client{loop};
    client.connect(Protocol::endpoint{path.string()});
    auto accepted = acceptor.accept();
    EXPECT_EQ(connectionsOn(path), 1U);
    EXPECT_EQ(connectionsOn(folder.path() / "b.sock"), 0U);

    accepted.close();

    EXPECT_EQ(connectionsOn(path), 0U);
}

TEST(TheWatchesOfAProcess, AreThoseOfInotify) {
    const TemporaryDirectory folder;
    const auto before = watchesOf(::getpid());
    const int inotify = ::inotify_init1(IN_CLOEXEC);
    ASSERT_GE(::inotify_add_watch(inotify, folder.path().c_str(), IN_CREATE), 0);
    EXPECT_EQ(watchesOf(::getpid()), before + 1);

    ::close(inotify);

    EXPECT_EQ(watchesOf(::getpid()), before);
}

TEST(TheMemoryOfAProcess, HasAPrivatePart) {
    const auto memory = memoryOf(::getpid());

    EXPECT_GT(memory.rssAnon, 0U);
    EXPECT_GE(memory.rss, memory.rssAnon);
}

} // namespace
} // namespace hdp::testing
