// SPDX-License-Identifier: Apache-2.0
#include "daemon/files/directory_watch.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

using Change = DirectoryWatch::Change;
using Report = std::pair<Change, std::string>;

class DirectoryWatchTest : public ::testing::Test {
  protected:
    void watch(const fs::path& path) {
        watch_ = std::make_unique<DirectoryWatch>(
            inotify, path, [this](Change change, std::string_view name) {
                reports.emplace_back(change, std::string{name});
            });
    }

    /// Waits for a report, and forgets all those up to now.
    bool hears(Change change, const std::string& name = {}) {
        const Report wanted{change, name};
        const bool heard =
            runUntil(loop, [&] { return std::ranges::find(reports, wanted) != reports.end(); });
        reports.clear();
        return heard;
    }

    /// That the folder itself is watched, and not one above it.
    bool hearsOfNewFiles() {
        writeFile(folder / "proof", "");
        const bool heard = hears(Change::Created, "proof");
        fs::remove(folder / "proof");
        return heard && hears(Change::Deleted, "proof");
    }

    TemporaryDirectory base;
    fs::path folder = base.path() / "folder";
    boost::asio::io_context loop;
    Inotify inotify{loop};
    std::unique_ptr<DirectoryWatch> watch_;
    std::vector<Report> reports;
};

using ADirectoryWatch = DirectoryWatchTest;

TEST_F(ADirectoryWatch, ReportsWhatHappensToTheEntriesOfItsFolder) {
    fs::create_directories(folder);
    watch(folder);
    EXPECT_TRUE(watch_->isWatching());

    writeFile(folder / "file", "content");
    EXPECT_TRUE(hears(Change::Written, "file"));
    fs::rename(folder / "file", folder / "other");
    EXPECT_TRUE(hears(Change::Created, "other"));
    fs::remove(folder / "other");
    EXPECT_TRUE(hears(Change::Deleted, "other"));
    EXPECT_EQ(watch_->problem(), "");
}

TEST_F(ADirectoryWatch, ReportsAnEntryThatIsMovedAwayAsDeleted) {
    fs::create_directories(folder);
    writeFile(folder / "file", "");
    watch(folder);
    fs::rename(folder / "file", base.path() / "file");

    EXPECT_TRUE(hears(Change::Deleted, "file"));
}

TEST_F(ADirectoryWatch, SaysNothingFromWithinItsConstructor) {
    fs::create_directories(folder);
    watch(folder);

    EXPECT_THAT(reports, IsEmpty());
    runReady(loop);
    EXPECT_THAT(reports, IsEmpty());
}

TEST_F(ADirectoryWatch, WaitsForAFolderThatIsNotThereYet) {
    watch(folder);
    EXPECT_FALSE(watch_->isWatching());
    EXPECT_EQ(watch_->problem(), "");
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(watch_->isWatching());
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(ADirectoryWatch, WaitsForAFolderThatIsMovedIntoItsPlace) {
    watch(folder);
    fs::create_directory(base.path() / "ready");
    fs::rename(base.path() / "ready", folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(ADirectoryWatch, WaitsForAFolderOfWhichSeveralLevelsAreMissing) {
    folder = base.path() / "one/two/three/four";
    watch(folder);
    fs::create_directories(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(ADirectoryWatch, FollowsTheMissingLevelsOneByOne) {
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

TEST_F(ADirectoryWatch, MissesNoLevelThatIsMadeWhileItLooks) {
    for (int round = 0; round < 200; ++round) {
        folder = base.path() / std::to_string(round) / "one/two/three";
        std::jthread maker{[this] { fs::create_directories(folder); }};
        watch(folder);
        ASSERT_TRUE(runUntil(loop, [this] { return watch_->isWatching(); }));
    }
}

TEST_F(ADirectoryWatch, GoesBackUpWhenALevelAboveIsDeletedAgain) {
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

TEST_F(ADirectoryWatch, ComesBackWithAFolderThatIsDeletedAndMadeAgain) {
    fs::create_directories(folder);
    watch(folder);
    fs::remove(folder);
    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_FALSE(watch_->isWatching());
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(ADirectoryWatch, ComesBackWithAFolderThatIsMadeAgainBeforeItCouldLook) {
    fs::create_directories(folder);
    watch(folder);
    fs::remove(folder);
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(ADirectoryWatch, FollowsTheNameWhenAnotherFolderTakesIt) {
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

TEST_F(ADirectoryWatch, WaitsForAFolderWhereAFileIs) {
    writeFile(folder, "");
    watch(folder);
    EXPECT_FALSE(watch_->isWatching());
    EXPECT_EQ(watch_->problem(), "");
    fs::remove(folder);
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(ADirectoryWatch, WaitsForAFolderBelowAFile) {
    writeFile(base.path() / "level", "");
    folder = base.path() / "level/folder";
    watch(folder);
    fs::remove(base.path() / "level");
    fs::create_directories(folder);

    EXPECT_TRUE(hears(Change::Reset));
}

TEST_F(ADirectoryWatch, NoticesByVerifyingThatALevelAboveWasReplaced) {
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

TEST_F(ADirectoryWatch, SaysNothingWhenVerifyingFindsNothingNew) {
    fs::create_directories(folder);
    watch(folder);
    watch_->verify();

    EXPECT_THAT(reports, IsEmpty());
    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(ADirectoryWatch, SaysNothingWhenVerifyingFindsTheFolderStillAbsent) {
    watch(folder);
    watch_->verify();
    EXPECT_THAT(reports, IsEmpty());
    fs::create_directory(folder);

    EXPECT_TRUE(hears(Change::Reset));
}

TEST_F(ADirectoryWatch, SharesAFolderWithAnotherWatch) {
    fs::create_directories(folder);
    watch(folder);
    std::vector<Report> others;
    auto other = std::make_unique<DirectoryWatch>(
        inotify, folder, [&others](Change change, std::string_view name) {
            others.emplace_back(change, std::string{name});
        });
    EXPECT_TRUE(hearsOfNewFiles());
    EXPECT_EQ(others.front(), Report(Change::Created, "proof"));
    other.reset();

    EXPECT_TRUE(hearsOfNewFiles());
}

TEST_F(ADirectoryWatch, OutlivesTheFolderTogetherWithAnotherWatchOnIt) {
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

TEST_F(ADirectoryWatch, MayBeDestroyedWithinItsCallback) {
    fs::create_directories(folder);
    const auto reason = std::make_shared<std::string>("the callback still owns what it captured");
    std::string said;
    watch_ = std::make_unique<DirectoryWatch>(inotify, folder,
                                              [this, reason, &said](Change, std::string_view) {
                                                  watch_.reset();
                                                  said = *reason;
                                              });
    writeFile(folder / "one", "");
    writeFile(folder / "two", "");
    ASSERT_TRUE(runUntil(loop, [this] { return watch_ == nullptr; }));
    runReady(loop);

    EXPECT_EQ(said, "the callback still owns what it captured");
}

TEST_F(ADirectoryWatch, MayBeDestroyedWithinItsCallbackWhenTheFolderVanishes) {
    fs::create_directories(folder);
    watch_ = std::make_unique<DirectoryWatch>(inotify, folder,
                                              [this](Change, std::string_view) { watch_.reset(); });
    fs::remove(folder);

    EXPECT_TRUE(runUntil(loop, [this] { return watch_ == nullptr; }));
}

TEST_F(ADirectoryWatch, NamesWhatKeepsItFromWatching) {
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root may watch every folder";
    }
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::none);
    watch(folder);

    EXPECT_FALSE(watch_->isWatching());
    EXPECT_THAT(watch_->problem(), ::testing::HasSubstr("inotify_add_watch"));
    fs::permissions(folder, fs::perms::owner_all);
    watch_->verify();
    EXPECT_TRUE(hears(Change::Reset));
    EXPECT_EQ(watch_->problem(), "");
}

} // namespace
} // namespace hdp::testing
