// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/successors.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/daemon/kubelet/socket_file.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;

class SuccessorsTest : public ::testing::Test {
  protected:
    [[nodiscard]] fs::path at(const char* name) const { return base.path() / name; }

    CapturedLog log;
    TemporaryDirectory base;
    Successors successors{base.path(), "hailo.ai_device-"};
};

using OfTheDaemonsThatCameAfterUs = SuccessorsTest;
using State = SocketFile::State;

TEST_F(OfTheDaemonsThatCameAfterUs, NoneHasEndedWhileAllListen) {
    successors.begin();
    const SocketFile later{at("hailo.ai_device-2.sock"), State::Listening};

    EXPECT_FALSE(successors.hasOneEnded());
    EXPECT_FALSE(successors.hasOneEnded());
}

TEST_F(OfTheDaemonsThatCameAfterUs, OneHasEndedWhenItsSocketIsRemoved) {
    successors.begin();
    const SocketFile later{at("hailo.ai_device-2.sock"), State::Listening};
    ASSERT_FALSE(successors.hasOneEnded());

    fs::remove(at("hailo.ai_device-2.sock"));

    EXPECT_TRUE(successors.hasOneEnded());
    EXPECT_FALSE(successors.hasOneEnded()) << "it is told once";
}

TEST_F(OfTheDaemonsThatCameAfterUs, OneHasEndedWhenNobodyListensAnyMore) {
    successors.begin();
    const SocketFile later{at("hailo.ai_device-2.sock"), State::Dead};
    ASSERT_FALSE(successors.hasOneEnded()) << "it may be about to listen";

    EXPECT_TRUE(successors.hasOneEnded());
    EXPECT_FALSE(fs::exists(at("hailo.ai_device-2.sock")));
}

TEST_F(OfTheDaemonsThatCameAfterUs, NoneIsOneThatCameBefore) {
    const SocketFile earlier{at("hailo.ai_device-1.sock"), State::Listening};
    successors.begin();
    ASSERT_FALSE(successors.hasOneEnded());

    fs::remove(at("hailo.ai_device-1.sock"));

    EXPECT_FALSE(successors.hasOneEnded());
}

TEST_F(OfTheDaemonsThatCameAfterUs, NoneIsOneForAnotherResource) {
    successors.begin();
    const SocketFile other{at("nvidia.sock"), State::Listening};
    ASSERT_FALSE(successors.hasOneEnded());

    fs::remove(at("nvidia.sock"));

    EXPECT_FALSE(successors.hasOneEnded());
}

} // namespace
} // namespace hdp::testing
