// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/watched_registration.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/daemon/kubelet/socket_file.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using State = WatchedRegistration::State;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class WatchedRegistrationTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::vector<std::string> offers() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder)) {
            names.push_back(entry.path().filename());
        }
        return names;
    }

    bool reaches(State state) {
        return runUntil(loop, [this, state] { return registration.state() == state; });
    }

    /// Registered, with one stream open.
    void goLive() {
        registration.start();
        registration.onAsked();
        registration.onDecided("");
        registration.onStreamOpened(1);
    }

    CapturedLog log;
    TemporaryDirectory base;
    fs::path folder = base.path();
    boost::asio::io_context loop;
    WatchedRegistration registration{
        loop, {folder, "hailo.ai/device", [](int) {}}, [] { return 0.0; }};
};

using AWatchedRegistration = WatchedRegistrationTest;

TEST_F(AWatchedRegistration, OffersASocketThatIsNamedAfterTheResource) {
    registration.start();

    EXPECT_THAT(offers(), ElementsAre(StartsWith("hailo.ai_device-")));
    EXPECT_EQ(registration.state(), State::Offered);
}

TEST_F(AWatchedRegistration, IsLiveWhenTheKubeletListens) {
    registration.start();
    registration.onAsked();
    EXPECT_EQ(registration.state(), State::Asked);
    registration.onStreamOpened(1);

    EXPECT_EQ(registration.state(), State::Live);
}

TEST_F(AWatchedRegistration, OffersAnotherSocketWhenTheStreamIsLost) {
    goLive();
    const auto before = offers();
    registration.onStreamEnded(1);
    EXPECT_EQ(registration.state(), State::StreamLost);

    ASSERT_TRUE(reaches(State::Offered));

    EXPECT_THAT(offers(), SizeIs(1));
    EXPECT_NE(offers(), before);
}

TEST_F(AWatchedRegistration, StaysLiveAsLongAsOneStreamIsOpen) {
    goLive();
    registration.onStreamOpened(2);
    registration.onStreamEnded(1);

    EXPECT_EQ(registration.state(), State::Live);
}

TEST_F(AWatchedRegistration, KeepsItsSocketWhenARestartedKubeletAsksByItself) {
    goLive();
    const auto before = offers();
    registration.onStreamEnded(1);
    registration.onAsked();
    registration.onStreamOpened(2);
    runReady(loop);

    EXPECT_EQ(registration.state(), State::Live);
    EXPECT_EQ(offers(), before);
}

TEST_F(AWatchedRegistration, SaysWhyTheKubeletRefusesAndLeavesTheNextTryToIt) {
    registration.start();
    const auto before = offers();
    registration.onDecided("invalid name");
    registration.onDecided("invalid name");

    EXPECT_EQ(log.count("did not register hailo.ai/device: invalid name"), 1U);
    EXPECT_EQ(offers(), before);
}

TEST_F(AWatchedRegistration, OffersAgainWhatSomebodyDeleted) {
    registration.start();
    fs::remove(folder / offers().at(0));
    registration.lookAgain();

    EXPECT_THAT(offers(), SizeIs(1));
}

TEST_F(AWatchedRegistration, LeavesASocketInPlaceAlone) {
    registration.start();
    const auto before = offers();
    registration.lookAgain();

    EXPECT_EQ(offers(), before);
}

TEST_F(AWatchedRegistration, WaitsForAFolderThatIsNotThere) {
    fs::remove(folder);
    registration.start();
    EXPECT_EQ(registration.state(), State::Unoffered);
    EXPECT_THAT(log.text(), HasSubstr("cannot offer a socket"));

    fs::create_directory(folder);
    ASSERT_TRUE(reaches(State::Offered));

    EXPECT_THAT(offers(), SizeIs(1));
}

TEST_F(AWatchedRegistration, RemovesWhatADeadPredecessorLeftAndNothingElse) {
    const SocketFile dead{folder / "hailo.ai_device-0000dead-1.sock", SocketFile::State::Dead};
    const SocketFile other{folder / "csi.sock", SocketFile::State::Dead};
    registration.start();

    EXPECT_THAT(offers(), SizeIs(2));
    EXPECT_FALSE(fs::exists(folder / "hailo.ai_device-0000dead-1.sock"));
}

TEST_F(AWatchedRegistration, TakesItsSocketAwayWhenItStops) {
    goLive();
    registration.stop();
    registration.onStreamEnded(1);
    loop.run();

    EXPECT_EQ(registration.state(), State::Stopping);
    EXPECT_THAT(offers(), IsEmpty());
}

} // namespace
} // namespace hdp::testing
