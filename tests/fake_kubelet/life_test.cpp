// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_test.hpp"

#include <cerrno>

namespace hdp::testing {

using AKubelet = KubeletTest;

TEST_F(AKubelet, ListensOnItsSocketOnceStarted) {
    startKubelet();
    EXPECT_EQ(connectError(kubeletSocket()), 0);
}

TEST_F(AKubelet, LeavesASocketThatRefusesWhenKilled) {
    startKubelet().kill();
    EXPECT_TRUE(std::filesystem::is_socket(kubeletSocket()));
    EXPECT_EQ(connectError(kubeletSocket()), ECONNREFUSED);
}

TEST_F(AKubelet, ListensAgainAfterARestart) {
    startKubelet().restart();
    EXPECT_EQ(connectError(kubeletSocket()), 0);
}

TEST_F(AKubelet, BreaksTheStreamsAtOnceWhenKilled) {
    startKubelet();
    SamplePlugin plugin(folder(), "sample.sock", deviceList({"a"}));
    connect(plugin);
    kubelet_->kill();
    EXPECT_TRUE(plugin.waitForOpenStreams(0));
}

TEST_F(AKubelet, SeesAPluginThatRegistersAfterARestart) {
    startKubelet();
    SamplePlugin before(folder(), "before.sock", deviceList({"a"}));
    connect(before);
    kubelet_->restart();
    SamplePlugin after(folder(), "after.sock", deviceList({"a", "b"}));
    connect(after);
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{2, 2}));
}

TEST_F(AKubelet, EndsADialThatIsUnderWayWhenKilled) {
    startKubelet();
    SamplePlugin plugin(folder(), "sample.sock");
    auto request = plugin.registerRequest(resource);
    request.set_endpoint("nobody.sock");
    grpc::Status status;
    std::thread registration([&] { status = registerWith(kubeletSocket(), request); });
    EXPECT_TRUE(kubelet_->waitUntil([&] { return kubelet_->dialling() == 1; }));
    const auto before = std::chrono::steady_clock::now();
    kubelet_->kill();
    registration.join();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(5));
}

} // namespace hdp::testing
