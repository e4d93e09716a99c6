// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/node_links.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

class NodeLinksTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::string targetOf(const std::string& id) const {
        std::error_code absent;
        return fs::read_symlink(links.pathOf(id), absent).string();
    }

    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> all;
        std::ranges::transform(
            fs::directory_iterator{folder}, fs::directory_iterator{}, std::back_inserter(all),
            [](const fs::directory_entry& entry) { return entry.path().filename().string(); });
        return all;
    }

    void blockTheFolder() {
        fs::remove_all(folder);
        writeFile(folder, "a file where the folder should be");
    }

    CapturedLog log;
    TemporaryDirectory base;
    fs::path folder = base.path() / "state/devices";
    NodeLinks links{folder};
};

using TheNodeLinks = NodeLinksTest;

TEST_F(TheNodeLinks, LeadFromTheAddressToTheNode) {
    EXPECT_FALSE(links.areCurrent());
    links.onInventory(snapshotOf({chip(firstId), youngChip(secondId)}));

    EXPECT_TRUE(links.areCurrent());
    EXPECT_EQ(targetOf(firstId), "/dev/hailo0");
    EXPECT_EQ(targetOf(secondId), "/dev/h1x-0");
    EXPECT_EQ(links.pathOf(firstId), folder / firstId);
}

TEST_F(TheNodeLinks, FollowChipsThatSwapTheirNodes) {
    links.onInventory(snapshotOf({chip(firstId, 0), chip(secondId, 1)}));
    links.onInventory(snapshotOf({chip(firstId, 1), chip(secondId, 0)}));

    EXPECT_EQ(targetOf(firstId), "/dev/hailo1");
    EXPECT_EQ(targetOf(secondId), "/dev/hailo0");
    EXPECT_THAT(names(), UnorderedElementsAre(firstId, secondId));
}

TEST_F(TheNodeLinks, AreNeitherMadeNorSweptWhereALinkLeads) {
    const auto victim = base.path() / "victim";
    writeFile(victim / "passwords", "of somebody else");
    fs::create_directories(folder.parent_path());
    fs::create_directory_symlink(victim, folder);

    links.onInventory(snapshotOf({chip(firstId)}));

    EXPECT_FALSE(links.areCurrent());
    EXPECT_TRUE(fs::exists(victim / "passwords"));
    EXPECT_FALSE(fs::is_symlink(victim / firstId));
}

TEST_F(TheNodeLinks, AreLeftAloneWhenTheyAreRight) {
    links.onInventory(snapshotOf({chip(firstId)}));
    // A second name keeps the inode from being reused.
    fs::create_hard_link(folder / firstId, base.path() / "before");
    links.onInventory(snapshotOf({chip(firstId), chip(secondId, 1)}));

    struct stat status {};

    ASSERT_EQ(::lstat((base.path() / "before").c_str(), &status), 0);
    EXPECT_EQ(status.st_nlink, 2U);
}

TEST_F(TheNodeLinks, GoWithTheirChips) {
    links.onInventory(snapshotOf({chip(firstId), chip(secondId, 1)}));
    auto inventory = inventoryOf({chip(firstId), chip(secondId, 1)});
    inventory.devices[1] = tombstoneOf(inventory.devices[1]);
    links.onInventory(std::make_shared<const Inventory>(inventory));

    EXPECT_THAT(names(), UnorderedElementsAre(firstId));
}

TEST_F(TheNodeLinks, GoWithTheDriver) {
    links.onInventory(snapshotOf({chip(firstId)}));
    links.onInventory(snapshotOf({unboundChip(firstId)}));

    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(TheNodeLinks, StayForAnUnhealthyChipThatHasItsNode) {
    links.onInventory(snapshotOf({with(hotplug::Reason::ConfigSpaceDead, chip(firstId))}));

    EXPECT_EQ(targetOf(firstId), "/dev/hailo0");
}

TEST_F(TheNodeLinks, OfAPredecessorAreCorrectedOrRemoved) {
    fs::create_directories(folder);
    fs::create_symlink("/dev/hailo5", folder / firstId);
    fs::create_symlink("/dev/hailo6", folder / secondId);
    fs::create_symlink("/dev/hailo7", folder / ("." + std::string{firstId}));
    links.onInventory(snapshotOf({chip(firstId)}));

    EXPECT_EQ(targetOf(firstId), "/dev/hailo0");
    EXPECT_THAT(names(), UnorderedElementsAre(firstId));
}

TEST_F(TheNodeLinks, OfAPredecessorAreRemovedWhenThereIsNoChip) {
    fs::create_directories(folder);
    fs::create_symlink("/dev/hailo5", folder / firstId);
    links.onInventory(snapshotOf({}));

    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(TheNodeLinks, ReplaceAFileThatHasTheirName) {
    writeFile(folder / firstId, "a stranger");
    links.onInventory(snapshotOf({chip(firstId)}));

    EXPECT_EQ(targetOf(firstId), "/dev/hailo0");
}

TEST_F(TheNodeLinks, AreNotHinderedByAStrangersFolder) {
    writeFile(folder / "stranger/file", "content");
    links.onInventory(snapshotOf({chip(firstId)}));

    EXPECT_TRUE(links.areCurrent());
    EXPECT_EQ(targetOf(firstId), "/dev/hailo0");
    EXPECT_TRUE(fs::exists(folder / "stranger/file"));
}

TEST_F(TheNodeLinks, AreRestoredByVerifying) {
    links.onInventory(snapshotOf({chip(firstId), chip(secondId, 1)}));
    fs::remove(folder / firstId);
    fs::remove(folder / secondId);
    fs::create_symlink("/dev/hailo0", folder / secondId);
    links.verify();

    EXPECT_EQ(targetOf(firstId), "/dev/hailo0");
    EXPECT_EQ(targetOf(secondId), "/dev/hailo1");
}

TEST_F(TheNodeLinks, AreNotMadeByVerifyingBeforeTheFirstInventory) {
    links.verify();

    EXPECT_FALSE(fs::exists(folder));
    EXPECT_FALSE(links.areCurrent());
}

TEST_F(TheNodeLinks, FailWithOneSentenceAndRecoverByVerifying) {
    blockTheFolder();
    links.onInventory(snapshotOf({chip(firstId)}));
    links.verify();
    EXPECT_FALSE(links.areCurrent());
    EXPECT_EQ(log.count("HAILO_EVENT=node-links-failure"), 1U);
    EXPECT_THAT(log.text(), HasSubstr(folder.string()));

    fs::remove(folder);
    links.verify();
    EXPECT_TRUE(links.areCurrent());
    EXPECT_EQ(targetOf(firstId), "/dev/hailo0");
}

TEST_F(TheNodeLinks, NameTheChipWhoseLinkCannotBeMade) {
    writeFile(folder / firstId / "file", "");
    links.onInventory(snapshotOf({chip(firstId)}));

    EXPECT_FALSE(links.areCurrent());
    EXPECT_THAT(log.text(), HasSubstr(firstId));
}

} // namespace
} // namespace hdp::testing
