// SPDX-License-Identifier: Apache-2.0
#include "daemon/nfd/feature_file.hpp"
#include "daemon/nfd/node_labels.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include <sys/stat.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr auto firstId = "0000:01:00.0";

std::string contentOf(const fs::path& path) {
    if (!fs::is_regular_file(fs::symlink_status(path))) { // a pipe would be waited for
        return {};
    }
    std::ifstream stream{path};
    return {std::istreambuf_iterator<char>(stream), {}};
}

ino_t inodeOf(const fs::path& path) {
    struct stat status {};

    return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

class FeatureFileTest : public ::testing::Test {
  protected:
    [[nodiscard]] bool isAsWanted() const {
        return contentOf(path) == featureFileOf(nodeLabelsOf(*inventory).labels);
    }

    void blockTheFolder() const {
        fs::remove_all(folder);
        writeFile(folder, "a file where the folder should be");
    }

    CapturedLog log;
    TemporaryDirectory base;
    fs::path folder = base.path() / "nfd/features.d";
    fs::path path = folder / "hailo-device-plugin";
    FeatureFile file{folder};
    InventoryPtr inventory = snapshotOf({chip(firstId)});
};

using AFeatureFile = FeatureFileTest;

TEST_F(AFeatureFile, IsWrittenWithItsFolder) {
    file.onInventory(inventory);

    EXPECT_TRUE(isAsWanted());
    EXPECT_THAT(contentOf(path), HasSubstr("\nhailo.ai/hailo.count=1\n"));
    EXPECT_EQ(fs::status(path).permissions(), fs::perms{0644});
}

TEST_F(AFeatureFile, IsTouchedByNothingBeforeTheFirstInventory) {
    writeFile(path, "of an earlier life");

    file.verify();

    EXPECT_EQ(contentOf(path), "of an earlier life");
}

TEST_F(AFeatureFile, IsNotWrittenAgainWhenNoLabelChanges) {
    file.onInventory(inventory);
    const auto inode = inodeOf(path);

    file.onInventory(snapshotOf({with(hotplug::Reason::NotResponding, chip(firstId))}));
    file.verify();

    EXPECT_EQ(inodeOf(path), inode);
    EXPECT_EQ(log.count("wrote the feature file"), 1U);
}

TEST_F(AFeatureFile, GoesWithTheLastChip) {
    file.onInventory(inventory);
    file.onInventory(std::make_shared<Inventory>(afterRemoval(*inventory)));

    EXPECT_FALSE(fs::exists(path));
    EXPECT_EQ(log.count("removed the feature file " + path.string()), 1U);
}

TEST_F(AFeatureFile, OfAnEarlierLifeGoesWhenThereIsNoChip) {
    writeFile(path, "hailo.ai/hailo.present=true\n");

    file.onInventory(snapshotOf({}));

    EXPECT_FALSE(fs::exists(path));
}

TEST_F(AFeatureFile, StaysWhenItsWriterEnds) {
    FeatureFile{folder}.onInventory(inventory);

    EXPECT_TRUE(isAsWanted());
}

TEST_F(AFeatureFile, IsRestoredByVerify) {
    file.onInventory(inventory);
    for (const auto& spoil :
         {"hailo.ai/hailo.count=99\n", "# +expiry-time=2001-01-01T00:00:00Z\n"}) {
        writeFile(path, spoil);
        file.verify();
        EXPECT_TRUE(isAsWanted()) << spoil;
    }
    fs::remove_all(folder);
    file.verify();
    EXPECT_TRUE(isAsWanted());
}

TEST_F(AFeatureFile, TakesThePlaceOfALinkAndOfAPipe) {
    const auto victim = base.path() / "victim";
    writeFile(victim, "of somebody else");
    fs::create_directories(folder);
    fs::create_symlink(victim, path);
    file.onInventory(inventory);
    EXPECT_TRUE(isAsWanted());

    fs::remove(path);
    ASSERT_EQ(::mkfifo(path.c_str(), 0666), 0);
    file.verify();

    EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(path)));
    EXPECT_TRUE(isAsWanted());
    EXPECT_EQ(contentOf(victim), "of somebody else");
}

TEST_F(AFeatureFile, SaysOnceThatItCannotBeWrittenAndTriesAgain) {
    blockTheFolder();
    file.onInventory(inventory);
    file.verify();
    EXPECT_EQ(log.count("the feature file " + path.string() + " is out of date"), 1U);
    EXPECT_EQ(log.count("set --nfd-directory"), 1U);

    fs::remove(folder);
    file.verify();
    EXPECT_TRUE(isAsWanted());

    blockTheFolder();
    file.verify();
    EXPECT_EQ(log.count("is out of date"), 2U);
}

TEST_F(AFeatureFile, SaysThatAFolderHasItsName) {
    fs::create_directories(path);
    file.onInventory(inventory);
    file.verify();

    EXPECT_EQ(log.count("is out of date: rename " + path.string()), 1U);
    EXPECT_EQ(std::distance(fs::directory_iterator{folder}, {}), 1); // no temporary file is left
}

TEST_F(AFeatureFile, SaysOnceWhichLabelIsLeftOut) {
    auto odd = chip(firstId);
    odd.driverVersion = "4.23.0+dfsg";
    file.onInventory(snapshotOf({odd}));
    file.onInventory(snapshotOf({odd, unboundChip("0000:02:00.0")}));
    EXPECT_EQ(log.count("\"4.23.0+dfsg\""), 1U);
    EXPECT_EQ(contentOf(path).find("dfsg"), std::string::npos);

    file.onInventory(inventory);
    file.onInventory(snapshotOf({odd}));
    EXPECT_EQ(log.count("\"4.23.0+dfsg\""), 2U);
}

} // namespace
} // namespace hdp::testing
