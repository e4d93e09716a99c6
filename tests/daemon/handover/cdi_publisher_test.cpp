// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec_json.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "daemon/handover/cdi_publisher.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr auto kind = "hailo.ai/device";
constexpr auto firstId = "0000:01:00.0";

std::optional<std::string> contentOf(const fs::path& path) {
    std::ifstream stream{path};
    if (!stream) {
        return std::nullopt;
    }
    return std::string{std::istreambuf_iterator<char>(stream), {}};
}

class CdiPublisherTest : public ::testing::Test {
  protected:
    void publish(const InventoryPtr& inventory) {
        const auto spec = cdiSpecOf(*inventory, kind);
        expected = spec ? std::optional{cdi::toJson(*spec)} : std::nullopt;
        publisher.onInventory(inventory);
    }

    [[nodiscard]] bool fileIsAsExpected() const { return contentOf(file) == expected; }

    bool fileBecomesAsExpected() {
        return runUntil(loop, [this] { return fileIsAsExpected(); });
    }

    void blockTheFolder() {
        fs::remove_all(folder);
        writeFile(folder, "a file where the folder should be");
    }

    CapturedLog log;
    TemporaryDirectory base;
    fs::path folder = base.path() / "run/cdi";
    fs::path file = folder / "hailo.ai-device.json";
    boost::asio::io_context loop;
    Inotify inotify{loop};
    CdiPublisher publisher{inotify, folder, kind};
    std::optional<std::string> expected;
};

using ACdiPublisher = CdiPublisherTest;

TEST_F(ACdiPublisher, WritesTheChipsAndTheFolderWithThem) {
    EXPECT_FALSE(publisher.isPublished());
    publish(snapshotOf({chip(firstId)}));

    EXPECT_TRUE(publisher.isPublished());
    ASSERT_TRUE(expected);
    EXPECT_THAT(*expected, HasSubstr(firstId));
    EXPECT_TRUE(fileIsAsExpected());
}

TEST_F(ACdiPublisher, WritesOnlyWhenTheContentChanges) {
    publish(snapshotOf({chip(firstId)}));
    const auto written = fs::last_write_time(file);
    publish(snapshotOf({chip(firstId), unboundChip("0000:02:00.0")}));
    publisher.verify();

    EXPECT_EQ(fs::last_write_time(file), written);
    EXPECT_EQ(log.count("wrote the CDI file"), 1U);
}

TEST_F(ACdiPublisher, FollowsTheChips) {
    publish(snapshotOf({chip(firstId)}));
    publish(snapshotOf({chip(firstId, 1)}));

    EXPECT_TRUE(fileIsAsExpected());
    EXPECT_EQ(log.count("wrote the CDI file"), 2U);
}

TEST_F(ACdiPublisher, IsNotDisturbedByItsOwnWriting) {
    publish(snapshotOf({chip(firstId)}));
    publish(snapshotOf({chip(firstId, 1)}));
    ASSERT_TRUE(runUntil(loop, [this] { return fileIsAsExpected(); }));
    runReady(loop);

    EXPECT_EQ(log.count("wrote the CDI file"), 2U);
}

TEST_F(ACdiPublisher, RestoresAFileThatSomeoneDeleted) {
    publish(snapshotOf({chip(firstId)}));
    fs::remove(file);

    EXPECT_TRUE(fileBecomesAsExpected());
}

TEST_F(ACdiPublisher, RestoresAFileThatSomeoneOverwrote) {
    publish(snapshotOf({chip(firstId)}));
    runReady(loop);
    writeFile(file, "{}");

    EXPECT_TRUE(fileBecomesAsExpected());
}

TEST_F(ACdiPublisher, RestoresAFileThatSomeoneReplaced) {
    publish(snapshotOf({chip(firstId)}));
    writeFile(base.path() / "other", "{}");
    runReady(loop);
    fs::rename(base.path() / "other", file);

    EXPECT_TRUE(fileBecomesAsExpected());
}

TEST_F(ACdiPublisher, DoesNotFightWithSomeoneWhoKeepsChangingTheFile) {
    publish(snapshotOf({chip(firstId)}));
    for (int change = 0; change < 20; ++change) {
        runReady(loop);
        writeFile(file, "{}");
    }
    runReady(loop);

    EXPECT_FALSE(fileIsAsExpected());
    EXPECT_EQ(log.count("wrote the CDI file"), 6U) << "the first time, and five restorations";
    EXPECT_EQ(log.count("somebody else keeps changing the CDI file"), 1U);
    publisher.verify();
    EXPECT_TRUE(fileIsAsExpected());
}

TEST_F(ACdiPublisher, RestoresTheFileWithItsFolder) {
    publish(snapshotOf({chip(firstId)}));
    runReady(loop);
    fs::remove_all(base.path() / "run");
    ASSERT_FALSE(fs::exists(file));

    EXPECT_TRUE(fileBecomesAsExpected());
}

TEST_F(ACdiPublisher, RestoresTheFileInAFolderThatReplacesTheOldOne) {
    publish(snapshotOf({chip(firstId)}));
    runReady(loop);
    fs::rename(folder, base.path() / "run/former");
    fs::create_directory(folder);

    EXPECT_TRUE(fileBecomesAsExpected());
}

TEST_F(ACdiPublisher, LeavesTheFilesOfOthersAlone) {
    writeFile(folder / "other.ai-device.json", "{}");
    publish(snapshotOf({chip(firstId)}));
    publish(std::make_shared<const Inventory>(afterRemoval(inventoryOf({chip(firstId)}))));

    EXPECT_EQ(contentOf(folder / "other.ai-device.json"), "{}");
}

TEST_F(ACdiPublisher, RemovesTheFileWhenNoChipIsLeft) {
    publish(snapshotOf({chip(firstId)}));
    publish(std::make_shared<const Inventory>(afterRemoval(inventoryOf({chip(firstId)}))));

    EXPECT_FALSE(fs::exists(file));
    EXPECT_TRUE(publisher.isPublished());
}

TEST_F(ACdiPublisher, RemovesWhatAPredecessorLeftWhenThereIsNoChip) {
    writeFile(file, "{}");
    publish(snapshotOf({}));

    EXPECT_FALSE(fs::exists(file));
}

TEST_F(ACdiPublisher, TouchesNothingBeforeTheFirstInventory) {
    writeFile(file, "what a predecessor wrote");
    publisher.verify();
    runReady(loop);

    EXPECT_EQ(contentOf(file), "what a predecessor wrote");
    EXPECT_FALSE(publisher.isPublished());
}

TEST_F(ACdiPublisher, LeavesTheFileBehindWhenItEnds) {
    {
        CdiPublisher other{inotify, folder, "example.com/device"};
        other.onInventory(snapshotOf({chip(firstId)}));
    }
    EXPECT_TRUE(fs::exists(folder / "example.com-device.json"));
}

TEST_F(ACdiPublisher, SurvivesAFolderThatCannotBeWrittenAndSaysSoOnce) {
    blockTheFolder();
    publish(snapshotOf({chip(firstId)}));
    publisher.verify();
    publisher.verify();

    EXPECT_FALSE(publisher.isPublished());
    EXPECT_EQ(log.count("HAILO_EVENT=cdi-failure"), 1U);
    EXPECT_THAT(log.text(), HasSubstr(file.string() + " is out of date"));
}

TEST_F(ACdiPublisher, RecoversByVerifying) {
    blockTheFolder();
    publish(snapshotOf({chip(firstId)}));
    fs::remove(folder);
    publisher.verify();

    EXPECT_TRUE(publisher.isPublished());
    EXPECT_TRUE(fileIsAsExpected());
}

TEST_F(ACdiPublisher, IsNoLongerPublishedWhenANewInventoryCannotBeWritten) {
    publish(snapshotOf({chip(firstId)}));
    blockTheFolder();
    publish(snapshotOf({chip(firstId, 1)}));

    EXPECT_FALSE(publisher.isPublished());
}

TEST_F(ACdiPublisher, SaysTheSameFailureAgainAfterARecovery) {
    blockTheFolder();
    publish(snapshotOf({chip(firstId)}));
    fs::remove(folder);
    publisher.verify();
    blockTheFolder();
    publisher.verify();

    EXPECT_EQ(log.count("HAILO_EVENT=cdi-failure"), 2U);
}

TEST_F(ACdiPublisher, SurvivesAChipThatCdiCannotDescribe) {
    auto odd = chip(firstId);
    odd.classDevice->sysPath = "/sys/devices/\xff";
    publisher.onInventory(snapshotOf({odd}));

    EXPECT_FALSE(publisher.isPublished());
    EXPECT_EQ(log.count("HAILO_EVENT=cdi-failure"), 1U);
    publisher.verify();
    EXPECT_FALSE(publisher.isPublished());
}

} // namespace
} // namespace hdp::testing
