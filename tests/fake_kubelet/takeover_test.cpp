// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_test.hpp"

#include <string>

namespace hdp::testing {

class TakeoverTest : public KubeletTest {
  protected:
    /// Two plugins for one resource, the newer with more devices.
    void overlap(Takeover takeover) {
        startKubelet({.takeover = takeover});
        older_.emplace(folder(), "older.sock", deviceList({"a", "b"}));
        newer_.emplace(folder(), "newer.sock", deviceList({"a", "b", "c"}));
        connect(*older_);
        connect(*newer_);
        ASSERT_EQ(kubelet_->openStreams(resource), 2);
    }

    std::optional<SamplePlugin> older_;
    std::optional<SamplePlugin> newer_;
};

using ATakeover = TakeoverTest;

TEST_F(ATakeover, LetsALateListOfTheOldPluginOverwriteTheNewOne) {
    overlap(Takeover::DisconnectsCurrent);
    older_->send(deviceList({"a"}));
    kubelet_->waitForCapacity(resource, Capacity{1, 1});
}

TEST_F(ATakeover, DisconnectsTheNewPluginWhenTheOldOneExitsUpTo136) {
    overlap(Takeover::DisconnectsCurrent);
    older_.reset();
    EXPECT_TRUE(newer_->waitForOpenStreams(0));
    kubelet_->waitForCapacity(resource, Capacity{3, 0});
}

TEST_F(ATakeover, IsOvercomeByRegisteringAgainUpTo136) {
    overlap(Takeover::DisconnectsCurrent);
    older_.reset();
    EXPECT_TRUE(newer_->waitForOpenStreams(0));
    connect(*newer_);
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{3, 3}));
}

TEST_F(ATakeover, DisconnectsAPluginThatEndsItsSupersededStreamUpTo136) {
    startKubelet();
    newer_.emplace(folder(), "same.sock", deviceList({"a"}));
    connect(*newer_);
    connect(*newer_);
    newer_->endOldestStream();
    EXPECT_TRUE(newer_->waitForOpenStreams(0));
    kubelet_->waitForCapacity(resource, Capacity{1, 0});
}

TEST_F(ATakeover, LeaksAStreamForEachNeedlessRegistration) {
    startKubelet();
    newer_.emplace(folder(), "same.sock", deviceList({"a"}));
    for (int i = 0; i < 5; ++i) {
        connect(*newer_);
    }
    EXPECT_EQ(kubelet_->openStreams(resource), 5);
    EXPECT_EQ(newer_->openStreams(), 5);
}

TEST_F(ATakeover, LeavesTheNewPluginAloneWhenTheOldOneExitsFrom137) {
    overlap(Takeover::KeepsCurrent);
    older_.reset();
    EXPECT_TRUE(kubelet_->waitUntil([&] { return kubelet_->openStreams(resource) == 1; }));
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{3, 3}));
    EXPECT_EQ(newer_->openStreams(), 1);
}

TEST_F(ATakeover, FallsBackToTheOldPluginWhenTheNewOneExitsFrom137) {
    overlap(Takeover::KeepsCurrent);
    newer_.reset();
    EXPECT_TRUE(kubelet_->waitUntil([&] { return kubelet_->openStreams(resource) == 1; }));
    ASSERT_TRUE(
        kubelet_->allocate({.podUid = "p", .container = "c", .resource = resource}).admitted());
    EXPECT_THAT(older_->calls(), ::testing::ElementsAre("options", "list", "allocate"));
}

TEST_F(ATakeover, StopsTheResourceWhenTheLastPluginExitsFrom137) {
    overlap(Takeover::KeepsCurrent);
    older_.reset();
    newer_.reset();
    kubelet_->waitForCapacity(resource, Capacity{3, 0});
}

TEST_F(ATakeover, LosesTrackOfTheOldPluginWhenARegistrationFailsUpTo136) {
    startKubelet();
    older_.emplace(folder(), "older.sock", deviceList({"a"}));
    newer_.emplace(folder(), "newer.sock", deviceList({"a"}));
    newer_->onOptions = [] { return grpc::Status(grpc::StatusCode::INTERNAL, "no"); };
    connect(*older_);
    EXPECT_FALSE(registerPlugin(*newer_).ok());
    older_->endStreams();
    EXPECT_TRUE(kubelet_->waitUntil([&] { return kubelet_->openStreams(resource) == 0; }));
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{1, 1}));
}

} // namespace hdp::testing
