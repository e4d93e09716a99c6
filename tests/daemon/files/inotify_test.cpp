// SPDX-License-Identifier: Apache-2.0
#include "daemon/files/inotify.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <sys/inotify.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class InotifyTest : public ::testing::Test {
  protected:
    using Names = std::vector<std::string>;

    /// Collects the names of entries that are created in the folder.
    std::unique_ptr<Inotify::Watch> collect(const fs::path& place, Names& names) {
        return inotify.watch(place, [&names](std::uint32_t mask, std::string_view name) {
            if ((mask & IN_CREATE) != 0) {
                names.emplace_back(name);
            }
        });
    }

    bool sees(const Names& names, const std::string& name) {
        return runUntil(loop, [&] { return std::ranges::find(names, name) != names.end(); });
    }

    TemporaryDirectory folder;
    boost::asio::io_context loop;
    Inotify inotify{loop};
};

using AnInotify = InotifyTest;

TEST_F(AnInotify, TellsTheNameOfWhatIsCreated) {
    Names names;
    const auto watch = collect(folder.path(), names);
    writeFile(folder.path() / "new", "");

    EXPECT_TRUE(sees(names, "new"));
}

TEST_F(AnInotify, TellsLongNamesWhole) {
    Names names;
    const auto watch = collect(folder.path(), names);
    const std::string longest(255, 'n');
    writeFile(folder.path() / longest, "");

    EXPECT_TRUE(sees(names, longest));
}

TEST_F(AnInotify, GivesOneFoldersEventsToAllItsWatches) {
    Names first;
    Names second;
    const auto firstWatch = collect(folder.path(), first);
    const auto secondWatch = collect(folder.path(), second);
    writeFile(folder.path() / "new", "");

    EXPECT_TRUE(sees(first, "new"));
    EXPECT_TRUE(sees(second, "new"));
}

TEST_F(AnInotify, KeepsTheOtherWatchOnAFolderWhenOneEnds) {
    Names first;
    Names second;
    auto firstWatch = collect(folder.path(), first);
    const auto secondWatch = collect(folder.path(), second);
    firstWatch.reset();
    writeFile(folder.path() / "new", "");

    EXPECT_TRUE(sees(second, "new"));
    EXPECT_THAT(first, IsEmpty());
}

TEST_F(AnInotify, DeliversNothingToAWatchThatEnded) {
    Names names;
    auto watch = collect(folder.path(), names);
    writeFile(folder.path() / "new", "");
    watch.reset();
    runReady(loop);

    EXPECT_THAT(names, IsEmpty());
}

TEST_F(AnInotify, KeepsFoldersApart) {
    fs::create_directories(folder.path() / "left");
    fs::create_directories(folder.path() / "right");
    Names left;
    Names right;
    const auto leftWatch = collect(folder.path() / "left", left);
    const auto rightWatch = collect(folder.path() / "right", right);
    writeFile(folder.path() / "left/new", "");

    EXPECT_TRUE(sees(left, "new"));
    EXPECT_THAT(right, IsEmpty());
}

TEST_F(AnInotify, LetsACallbackEndItsOwnWatch) {
    int calls = 0;
    std::unique_ptr<Inotify::Watch> watch;
    watch = inotify.watch(folder.path(), [&](std::uint32_t, std::string_view) {
        watch.reset();
        ++calls;
    });
    writeFile(folder.path() / "one", "");
    writeFile(folder.path() / "two", "");
    ASSERT_TRUE(runUntil(loop, [&] { return calls > 0; }));
    runReady(loop);

    EXPECT_EQ(calls, 1);
}

TEST_F(AnInotify, LetsACallbackEndAnotherWatchOnTheSameFolder) {
    int calls = 0;
    std::unique_ptr<Inotify::Watch> first;
    std::unique_ptr<Inotify::Watch> second;
    first = inotify.watch(folder.path(), [&](std::uint32_t, std::string_view) {
        second.reset();
        ++calls;
    });
    second = inotify.watch(folder.path(), [&](std::uint32_t, std::string_view) {
        first.reset();
        ++calls;
    });
    writeFile(folder.path() / "new", "");
    ASSERT_TRUE(runUntil(loop, [&] { return calls > 0; }));
    const bool firstWasCalled = first != nullptr;
    runReady(loop);

    EXPECT_NE(first == nullptr, second == nullptr);
    EXPECT_EQ(firstWasCalled, first != nullptr);
}

TEST_F(AnInotify, RefusesAFolderThatIsAbsentAndNamesIt) {
    Names names;
    try {
        const auto watch = collect(folder.path() / "absent", names);
        FAIL() << "watched a folder that is absent";
    } catch (const std::system_error& error) {
        EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
        EXPECT_THAT(error.what(), HasSubstr("inotify_add_watch"));
        EXPECT_THAT(error.what(), HasSubstr("absent"));
    }
}

TEST_F(AnInotify, RefusesWhatIsNotAFolder) {
    writeFile(folder.path() / "file", "");
    Names names;
    try {
        const auto watch = collect(folder.path() / "file", names);
        FAIL() << "watched a file";
    } catch (const std::system_error& error) {
        EXPECT_EQ(error.code(), std::errc::not_a_directory);
    }
}

TEST_F(AnInotify, LeavesTheLoopNothingToWaitForOnceItIsStopped) {
    Names names;
    const auto watch = collect(folder.path(), names);
    inotify.stop();
    writeFile(folder.path() / "new", "");
    loop.run();

    EXPECT_THAT(names, IsEmpty());
}

TEST_F(AnInotify, CanBeStoppedFromWithinACallback) {
    const auto watch =
        inotify.watch(folder.path(), [this](std::uint32_t, std::string_view) { inotify.stop(); });
    writeFile(folder.path() / "new", "");
    loop.run();
}

} // namespace
} // namespace hdp::testing
