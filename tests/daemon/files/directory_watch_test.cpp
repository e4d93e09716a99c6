// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/files/directory_watch_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

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
