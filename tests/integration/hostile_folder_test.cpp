// SPDX-License-Identifier: Apache-2.0
// Everybody may write to the folders that the daemon shares with others, and somebody has put
// things there that would lead a careless root astray.
#include "tests/integration/bystanders.hpp"
#include "tests/integration/eventually.hpp"
#include "tests/integration/node.hpp"
#include "tests/support/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iterator>

#include <fcntl.h>
#include <sys/stat.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

const MockChip chip{.address = {0, 1, 0, 0}};
constexpr auto chipId = "0000:01:00.0";
const DeviceHealth healthy{{chipId, "Healthy"}};

class HostileFolderTest : public ::testing::Test {
  protected:
    HostileFolderTest() {
        node.hardware.plug(chip);
        for (const auto& folder : {cdi, node.kubeletDirectory(), node.pluginsRegistry()}) {
            fs::create_directories(folder);
            fs::permissions(folder, fs::perms{0777});
        }
        victims.add(victim / "shadow");
        victims.add(victim / "hailo0");
    }

    void startSettled() {
        node.startDaemon();
        ASSERT_TRUE(node.kubeletSees(healthy));
    }

    [[nodiscard]] bool isDescribed() {
        return eventually([this] { // not looking into a pipe, which would wait for ever
            return fs::is_regular_file(node.cdiFile()) && node.cdiNodeOf(chipId) == "/dev/hailo0";
        });
    }

    Node node;
    fs::path cdi = node.cdiFile().parent_path();
    fs::path victim = node.folder.path() / "victim";
    Bystanders victims;
};

using AHostileFolder = HostileFolderTest;

TEST_F(AHostileFolder, DoesNotLeadTheCdiFileElsewhereByALink) {
    fs::create_symlink(victim / "shadow", node.cdiFile());
    node.kubelet.start();
    startSettled();

    EXPECT_FALSE(fs::is_symlink(node.cdiFile()));
    EXPECT_TRUE(isDescribed());
    EXPECT_THAT(victims.changed(), IsEmpty());
}

TEST_F(AHostileFolder, DoesNotLeadTheCdiFileElsewhereByALinkThatComesLater) {
    node.kubelet.start();
    startSettled();
    const auto link = cdi / "link";
    fs::create_symlink(victim / "shadow", link);
    fs::rename(link, node.cdiFile());

    EXPECT_TRUE(eventually([this] { return !fs::is_symlink(node.cdiFile()); }));
    EXPECT_TRUE(isDescribed());
    EXPECT_THAT(victims.changed(), IsEmpty());
}

TEST_F(AHostileFolder, DoesNotLeadTheCdiFileElsewhereByASecondName) {
    fs::create_hard_link(victim / "shadow", node.cdiFile());
    fs::create_hard_link(victim / "hailo0", cdi / ".hailo.ai-device.json.aB3xYz.tmp");
    node.kubelet.start();
    startSettled();

    EXPECT_TRUE(isDescribed());
    EXPECT_THAT(victims.changed(), IsEmpty());
}

TEST_F(AHostileFolder, DoesNotHoldUpTheDaemonWithPipes) {
    for (const auto& path : {node.cdiFile(), cdi / ".hailo.ai-device.json.aB3xYz.tmp",
                             node.kubeletDirectory() / "kubelet_internal_checkpoint",
                             node.kubeletDirectory() / "hailo.ai_device-0badcafe-1.sock"}) {
        ASSERT_EQ(::mkfifo(path.c_str(), 0666), 0);
    }
    node.startDaemon();

    EXPECT_TRUE(isDescribed());
    EXPECT_TRUE(node.daemon().says("no kubelet yet"));
}

TEST_F(AHostileFolder, LeadsNoTemporaryFileElsewhere) {
    for (const auto* name : {".hailo.ai-device.json.aB3xYz.tmp", ".hailo.ai-device.json.tmp",
                             "hailo.ai-device.json.tmp", ".hailo.ai-device.json"}) {
        fs::create_symlink(victim / "shadow", cdi / name);
    }
    node.kubelet.start();
    startSettled();

    EXPECT_TRUE(isDescribed());
    EXPECT_THAT(victims.changed(), IsEmpty());
}

TEST_F(AHostileFolder, OfTheKubeletLeadsNoSocketElsewhere) {
    Bystanders sockets;
    sockets.addSocket(victim / "dead.sock");
    node.kubelet.start();
    for (const auto* name : {"hailo.ai_device-0badcafe-1.sock", "hailo.ai_device.sock"}) {
        fs::create_symlink(victim / "dead.sock", node.kubeletDirectory() / name);
    }
    fs::create_symlink(victim / "shadow", node.kubeletDirectory() / "hailo.ai_device-1-1.sock");
    startSettled();

    EXPECT_THAT(sockets.changed(), IsEmpty());
    EXPECT_THAT(victims.changed(), IsEmpty());
}

TEST_F(AHostileFolder, OfTheKubeletReplacedByALinkGetsASocketAndLosesNothing) {
    node.kubelet.start();
    startSettled();
    const auto away = node.folder.path() / "away";
    fs::rename(node.kubeletDirectory(), away);
    fs::create_directory_symlink(victim, node.kubeletDirectory());
    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0);
    EXPECT_THAT(victims.changed(), IsEmpty());
    fs::remove(node.kubeletDirectory());
    fs::rename(away, node.kubeletDirectory());
}

TEST_F(AHostileFolder, OfCdiReplacedByALinkGetsOurFileAndLosesNothing) {
    node.kubelet.start();
    startSettled();
    // At once, because the daemon makes a folder that is missing.
    const auto link = node.folder.path() / "link";
    fs::create_directory_symlink(victim, link);
    ASSERT_EQ(::renameat2(AT_FDCWD, link.c_str(), AT_FDCWD, cdi.c_str(), RENAME_EXCHANGE), 0);

    EXPECT_TRUE(isDescribed());
    EXPECT_THAT(victims.changed(), IsEmpty());
}

TEST_F(AHostileFolder, OfTheStateIsRefusedAndChipsAreHandedOverByCdiAlone) {
    fs::create_directories(node.stateDirectory());
    fs::create_directory_symlink(victim, node.stateDirectory() / "devices");
    fs::create_directory_symlink(victim, node.stateDirectory() / "views");
    node.kubelet.start();
    startSettled();

    const auto allocation =
        node.kubelet.allocate({.podUid = "pod", .container = "main", .resource = Node::resource});

    EXPECT_TRUE(node.daemon().says("devices is a link to another folder"));
    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    EXPECT_EQ(allocation.response.cdi_devices_size(), 1);
    EXPECT_EQ(allocation.response.devices_size(), 0);
    EXPECT_EQ(allocation.response.mounts_size(), 0);
    EXPECT_THAT(victims.changed(), IsEmpty());
    EXPECT_EQ(std::distance(fs::directory_iterator{victim}, {}), 2);
}

} // namespace
} // namespace hdp::testing
