// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_test.hpp"

#include <chrono>
#include <memory>

namespace hdp::testing {

using std::chrono::milliseconds;
using ::testing::ElementsAre;

class RegistrationTest : public KubeletTest {
  protected:
    void SetUp() override {
        startKubelet({.dialTimeout = milliseconds(300)});
        // Only now: the start of a kubelet deletes the sockets of plugins.
        plugin_.emplace(folder(), "sample.sock", deviceList({"a", "b"}, {"c"}));
    }

    void expectRefusal(const v1beta1::RegisterRequest& request, const std::string& text) {
        const auto status = registerWith(kubeletSocket(), request);
        EXPECT_EQ(status.error_code(), grpc::StatusCode::UNKNOWN);
        EXPECT_EQ(status.error_message(), text);
        EXPECT_EQ(kubelet_->registrations().back().error, text);
    }

    std::optional<SamplePlugin> plugin_;
};

using ARegistration = RegistrationTest;

TEST_F(ARegistration, AsksForTheOptionsBeforeTheList) {
    connect(*plugin_);
    EXPECT_THAT(plugin_->calls(), ElementsAre("options", "list"));
}

TEST_F(ARegistration, IsLoggedWithWhatThePluginSaid) {
    plugin_->options.set_pre_start_required(true);
    connect(*plugin_);
    const auto registration = kubelet_->waitForRegistration(resource);
    EXPECT_EQ(registration.endpoint, "sample.sock");
    EXPECT_EQ(registration.version, "v1beta1");
    EXPECT_TRUE(registration.options.pre_start_required());
    EXPECT_TRUE(registration.accepted());
}

TEST_F(ARegistration, TakesTheOptionsFromTheCallAndNotFromTheRequest) {
    auto request = plugin_->registerRequest(resource);
    request.mutable_options()->set_pre_start_required(true);
    ASSERT_TRUE(registerWith(kubeletSocket(), request).ok());
    EXPECT_FALSE(kubelet_->waitForRegistration(resource).options.pre_start_required());
}

TEST_F(ARegistration, CallsItselfLocalhost) {
    connect(*plugin_);
    EXPECT_EQ(plugin_->authority(), "localhost");
}

TEST_F(ARegistration, IsRefusedForAnotherVersion) {
    auto request = plugin_->registerRequest("also wrong");
    request.set_version("v1alpha");
    expectRefusal(request, "requested API version \"v1alpha\" is not supported by kubelet. "
                           "Supported version is [\"v1beta1\"]");
}

TEST_F(ARegistration, IsRefusedForANameThatIsNoExtendedResource) {
    expectRefusal(plugin_->registerRequest("hailo.ai/n pu"),
                  "the ResourceName \"hailo.ai/n pu\" is invalid");
}

TEST_F(ARegistration, FailsWhenNobodyServesUntilTheDialTimesOut) {
    auto request = plugin_->registerRequest(resource);
    request.set_endpoint("nobody.sock");
    const auto before = std::chrono::steady_clock::now();
    expectRefusal(request, "failed to dial device plugin: context deadline exceeded");
    EXPECT_GE(std::chrono::steady_clock::now() - before, milliseconds(300));
}

TEST_F(ARegistration, WaitsForAPluginThatServesLate) {
    startKubelet();
    auto request = plugin_->registerRequest(resource);
    request.set_endpoint("late.sock");
    grpc::Status status;
    std::thread registration([&] { status = registerWith(kubeletSocket(), request); });
    EXPECT_TRUE(kubelet_->waitUntil([&] { return kubelet_->dialling() == 1; }));
    SamplePlugin late(folder(), "late.sock", deviceList({"a"}));
    registration.join();
    EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(ARegistration, WaitsForTheOptionsWithoutATimeLimit) {
    plugin_->onOptions = [this] {
        // Longer than the dial may take: the connection is there, so that limit is over.
        EXPECT_FALSE(kubelet_->waitUntil([] { return false; }, milliseconds(600)));
        return grpc::Status::OK;
    };
    EXPECT_TRUE(registerPlugin(*plugin_).ok());
}

TEST_F(ARegistration, FailsWithTheErrorOfTheOptions) {
    plugin_->onOptions = [] { return grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "no options"); };
    expectRefusal(plugin_->registerRequest(resource),
                  "failed to get device plugin options: rpc error: code = Unimplemented desc = no "
                  "options");
    EXPECT_THAT(plugin_->calls(), ElementsAre("options"));
    EXPECT_EQ(kubelet_->capacity(resource), std::nullopt);
}

TEST_F(ARegistration, EndsTheDialWithThePluginsOwnDeadlineFrom135On) {
    startKubelet({.callerContext = CallerContext::Honoured});
    auto request = plugin_->registerRequest(resource);
    request.set_endpoint("nobody.sock");
    EXPECT_FALSE(registerWith(kubeletSocket(), request, milliseconds(200)).ok());
    EXPECT_TRUE(kubelet_->waitUntil([&] { return kubelet_->registrations().size() == 1; }));
    EXPECT_THAT(kubelet_->registrations().back().error,
                ::testing::StartsWith("failed to dial device plugin: context "));
}

TEST_F(ARegistration, KeepsDiallingAfterThePluginsDeadlineUpTo134) {
    startKubelet({.callerContext = CallerContext::Ignored});
    auto request = plugin_->registerRequest(resource);
    request.set_endpoint("late.sock");
    EXPECT_FALSE(registerWith(kubeletSocket(), request, milliseconds(200)).ok());
    SamplePlugin late(folder(), "late.sock", deviceList({"a"}));
    EXPECT_EQ(kubelet_->waitForRegistration(resource).endpoint, "late.sock");
}

} // namespace hdp::testing
