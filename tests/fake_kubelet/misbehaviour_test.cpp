// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_test.hpp"
#include "tests/fake_kubelet/open_connections.hpp"

#include <optional>
#include <stdexcept>
#include <thread>

namespace hdp::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MisbehaviourTest : public KubeletTest {
  protected:
    void SetUp() override {
        startKubelet();
        plugin_.emplace(folder(), "sample.sock", deviceList({"a"}));
    }

    std::optional<SamplePlugin> plugin_;
};

using AMisbehavingKubelet = MisbehaviourTest;

TEST_F(AMisbehavingKubelet, RefusesWithAnyText) {
    kubelet_->misbehave({.refusal = "not today"});
    const auto status = registerPlugin(*plugin_);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNKNOWN);
    EXPECT_EQ(status.error_message(), "not today");
    EXPECT_THAT(plugin_->calls(), IsEmpty());
}

TEST_F(AMisbehavingKubelet, AcceptsWithoutDiallingBack) {
    kubelet_->misbehave({.dialsBack = false});
    EXPECT_TRUE(registerPlugin(*plugin_).ok());
    EXPECT_THAT(plugin_->calls(), IsEmpty());
}

TEST_F(AMisbehavingKubelet, DialsBackWithoutListening) {
    kubelet_->misbehave({.listsDevices = false});
    EXPECT_TRUE(registerPlugin(*plugin_).ok());
    EXPECT_THAT(plugin_->calls(), ElementsAre("options"));
    EXPECT_EQ(kubelet_->openStreams(resource), 0U);
}

TEST_F(AMisbehavingKubelet, LeavesACallWaitingUntilItIsRightAgain) {
    kubelet_->misbehave({.answers = false});
    std::thread caller([this] { EXPECT_TRUE(registerPlugin(*plugin_).ok()); });
    kubelet_->misbehave({});
    caller.join();
    EXPECT_EQ(kubelet_->registrations().size(), 1U);
}

TEST_F(AMisbehavingKubelet, CanBeKilledWhileACallWaits) {
    kubelet_->misbehave({.answers = false});
    std::thread caller([this] { EXPECT_FALSE(registerPlugin(*plugin_).ok()); });
    kubelet_->kill();
    caller.join();
    EXPECT_THAT(kubelet_->registrations(), IsEmpty());
}

TEST_F(AMisbehavingKubelet, HangsUpInTheMiddleOfAStream) {
    connect(*plugin_);
    kubelet_->hangUpOn(resource);
    EXPECT_TRUE(plugin_->waitForOpenStreams(0));
    EXPECT_TRUE(kubelet_->isRunning());
    // Else the end of this stream disconnects the next client: this kubelet is a 1.36.
    EXPECT_TRUE(kubelet_->waitUntil([this] { return kubelet_->openStreams(resource) == 0; }));
    connect(*plugin_);
    EXPECT_EQ(kubelet_->registrations().size(), 2U);
}

TEST_F(AMisbehavingKubelet, HasNobodyToHangUpOnBeforeTheFirstRegistration) {
    EXPECT_THROW(kubelet_->hangUpOn(resource), std::runtime_error);
}

TEST_F(AMisbehavingKubelet, CanCutWhateverTheProcessHasOpenToASocket) {
    connect(*plugin_);
    hangUp(folder() / "another.sock");
    EXPECT_EQ(kubelet_->openStreams(resource), 1U);
    hangUp(folder() / "sample.sock");
    EXPECT_TRUE(plugin_->waitForOpenStreams(0));
}

} // namespace hdp::testing
