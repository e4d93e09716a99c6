// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/files/directory_watch_test.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <thread>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

using AWatchOnAFolderThatComesAndGoes = DirectoryWatchTest;

TEST_F(AWatchOnAFolderThatComesAndGoes, WaitsForAFolderThatIsNotThereYet) {
    watch(folder);
    EXPECT_FALSE(watch_->isWatching());
    EXPECT_EQ(watch_->problem(), "");
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(watch_->isWatching());
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, WaitsForAFolderThatIsMovedIntoItsPlace) {
    watch(folder);
    fs::create_directory(base.path() / "ready");
    fs::rename(base.path() / "ready", folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, WaitsForAFolderOfWhichSeveralLevelsAreMissing) {
    folder = base.path() / "one/two/three/four";
    watch(folder);
    fs::create_directories(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, FollowsTheMissingLevelsOneByOne) {
    folder = base.path() / "one/two/three";
    watch(folder);
    fs::create_directory(base.path() / "one");
    runReady(loop);
    fs::create_directory(base.path() / "one/two");
    runReady(loop);
    EXPECT_THAT(reports, IsEmpty());
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
}

TEST_F(AWatchOnAFolderThatComesAndGoes, MissesNoLevelThatIsMadeWhileItLooks) {
    for (int round = 0; round < 200; ++round) {
        folder = base.path() / std::to_string(round) / "one/two/three";
        std::jthread maker{[this] { fs::create_directories(folder); }};
        watch(folder);
        ASSERT_TRUE(runUntil(loop, [this] { return watch_->isWatching(); }));
    }
}

TEST_F(AWatchOnAFolderThatComesAndGoes, GoesBackUpWhenALevelAboveIsDeletedAgain) {
    folder = base.path() / "one/two";
    watch(folder);
    fs::create_directory(base.path() / "one");
    runReady(loop);
    fs::remove(base.path() / "one");
    runReady(loop);
    fs::create_directories(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, ComesBackWithAFolderThatIsDeletedAndMadeAgain) {
    fs::create_directories(folder);
    watch(folder);
    fs::remove(folder);
    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_FALSE(watch_->isWatching());
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, ComesBackWithAFolderThatIsMadeAgainBeforeItCouldLook) {
    fs::create_directories(folder);
    watch(folder);
    fs::remove(folder);
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, FollowsTheNameWhenAnotherFolderTakesIt) {
    fs::create_directories(folder);
    fs::create_directories(base.path() / "successor");
    watch(folder);
    fs::rename(folder, base.path() / "predecessor");
    fs::rename(base.path() / "successor", folder);
    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
    reports.clear();

    writeFile(base.path() / "predecessor/file", "");
    runReady(loop);
    EXPECT_THAT(reports, IsEmpty());
}

/// The socket keeps the folder alive, and nobody is told of its end.
TEST_F(AWatchOnAFolderThatComesAndGoes, ComesBackWithAFolderInWhichSomebodyStillHasASocket) {
    using Protocol = boost::asio::local::stream_protocol;
    fs::create_directories(folder);
    const Protocol::acceptor other{loop, Protocol::endpoint{(folder / "other.sock").string()}};
    watch(folder);
    fs::remove_all(folder);
    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_FALSE(watch_->isWatching());
    fs::create_directory(folder);

    EXPECT_TRUE(runUntil(loop, [this] { return watch_->isWatching(); }));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, FollowsAFolderThatIsNamedWithASlashBehindIt) {
    using Protocol = boost::asio::local::stream_protocol;
    fs::create_directories(folder);
    const Protocol::acceptor other{loop, Protocol::endpoint{(folder / "other.sock").string()}};
    folder /= "";
    watch(folder);
    fs::remove_all(folder.parent_path());
    fs::create_directory(folder.parent_path());

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, WaitsForAFolderWhereAFileIs) {
    writeFile(folder, "");
    watch(folder);
    EXPECT_FALSE(watch_->isWatching());
    EXPECT_EQ(watch_->problem(), "");
    fs::remove(folder);
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, WaitsForAFolderBelowAFile) {
    writeFile(base.path() / "level", "");
    folder = base.path() / "level/folder";
    watch(folder);
    fs::remove(base.path() / "level");
    fs::create_directories(folder);

    EXPECT_TRUE(hears(Change::Reset));
}

TEST_F(AWatchOnAFolderThatComesAndGoes, NoticesByVerifyingThatALevelAboveWasReplaced) {
    folder = base.path() / "level/folder";
    fs::create_directories(folder);
    watch(folder);
    fs::rename(base.path() / "level", base.path() / "former");
    fs::create_directories(folder);
    runReady(loop);
    EXPECT_THAT(reports, IsEmpty());
    watch_->verify();

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(AWatchOnAFolderThatComesAndGoes, OutlivesTheFolderTogetherWithAnotherWatchOnIt) {
    fs::create_directories(folder);
    watch(folder);
    int resets = 0;
    const DirectoryWatch other{inotify, folder, [&resets](Change change, std::string_view) {
                                   resets += change == Change::Reset ? 1 : 0;
                               }};
    fs::remove(folder);
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(runUntil(loop, [&] { return resets > 0; }));
    EXPECT_TRUE(hearsOfNewFiles());
    EXPECT_TRUE(other.isWatching());
}

} // namespace
} // namespace hdp::testing
