// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/leftover_sockets.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/daemon/kubelet/socket_file.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;

class LeftoverSocketsTest : public ::testing::Test {
  protected:
    [[nodiscard]] fs::path at(const char* name) const { return base.path() / name; }

    void removeLeftovers() const { removeLeftoverSockets(base.path(), "hailo.ai_device-"); }

    [[nodiscard]] bool isThere(const char* name) const {
        return fs::symlink_status(at(name)).type() != fs::file_type::not_found;
    }

    CapturedLog log;
    TemporaryDirectory base;
};

using LeftoverSockets = LeftoverSocketsTest;
using State = SocketFile::State;

TEST_F(LeftoverSockets, OfTheDeadAreRemoved) {
    const SocketFile first{at("hailo.ai_device-1.sock"), State::Dead};
    const SocketFile second{at("hailo.ai_device-2.sock"), State::Dead};
    removeLeftovers();

    EXPECT_FALSE(isThere("hailo.ai_device-1.sock"));
    EXPECT_FALSE(isThere("hailo.ai_device-2.sock"));
    EXPECT_EQ(log.count("HAILO_EVENT=leftover-socket"), 2U);
}

TEST_F(LeftoverSockets, OfTheLivingAreKept) {
    const SocketFile living{at("hailo.ai_device-1.sock"), State::Listening};
    removeLeftovers();

    EXPECT_TRUE(isThere("hailo.ai_device-1.sock"));
}

TEST_F(LeftoverSockets, OfTheBusyAreKept) {
    const SocketFile busy{at("hailo.ai_device-1.sock"), State::Full};
    removeLeftovers();

    EXPECT_TRUE(isThere("hailo.ai_device-1.sock"));
}

TEST_F(LeftoverSockets, OfOthersAreKept) {
    const SocketFile other{at("nvidia.sock"), State::Dead};
    const SocketFile kubelet{at("kubelet.sock"), State::Dead};
    const SocketFile otherEnding{at("hailo.ai_device-1.sock.old"), State::Dead};
    removeLeftovers();

    EXPECT_TRUE(isThere("nvidia.sock"));
    EXPECT_TRUE(isThere("kubelet.sock"));
    EXPECT_TRUE(isThere("hailo.ai_device-1.sock.old"));
}

TEST_F(LeftoverSockets, AreNotFilesFoldersOrLinks) {
    const SocketFile dead{at("dead.sock"), State::Dead};
    writeFile(at("hailo.ai_device-1.sock"), "");
    fs::create_directory(at("hailo.ai_device-2.sock"));
    fs::create_symlink(at("dead.sock"), at("hailo.ai_device-3.sock"));
    removeLeftovers();

    EXPECT_TRUE(isThere("hailo.ai_device-1.sock"));
    EXPECT_TRUE(isThere("hailo.ai_device-2.sock"));
    EXPECT_TRUE(isThere("hailo.ai_device-3.sock"));
    EXPECT_TRUE(isThere("dead.sock"));
}

TEST_F(LeftoverSockets, AreNoneInAFolderThatIsAbsent) {
    removeLeftoverSockets(at("absent"), "hailo.ai_device-");

    EXPECT_EQ(log.text(), "");
}

} // namespace
} // namespace hdp::testing
