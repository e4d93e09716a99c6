// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_test.hpp"
#include "tests/fake_kubelet/watched_plugin.hpp"

#include <chrono>
#include <future>
#include <string>

namespace hdp::testing {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

class PluginWatcherTest : public KubeletTest {
  protected:
    void SetUp() override {
        std::filesystem::create_directory(registry());
        start(Takeover::DisconnectsCurrent);
    }

    void start(Takeover takeover) {
        startKubelet({.takeover = takeover,
                      .dialTimeout = milliseconds(100),
                      .pluginsRegistry = registry(),
                      .reconcilePeriod = milliseconds(10),
                      .getInfoTimeout = milliseconds(200)});
        plugin_.emplace(folder(), "device.sock", deviceList({"a"})); // after the wipe
    }

    [[nodiscard]] std::filesystem::path registry() const { return folder() / "registry"; }

    [[nodiscard]] pluginregistration::PluginInfo info() const {
        pluginregistration::PluginInfo info;
        info.set_type("DevicePlugin");
        info.set_name(resource);
        info.set_endpoint(folder() / "device.sock");
        info.add_supported_versions("v1beta1");
        return info;
    }

    void expectRefusal(const pluginregistration::PluginInfo& info, const std::string& text) {
        WatchedPlugin watched(registry() / "plugin.sock", info);
        const auto statuses = watched.waitForStatus();
        ASSERT_FALSE(statuses.empty());
        EXPECT_FALSE(statuses.front().plugin_registered());
        EXPECT_EQ(statuses.front().error(), text);
    }

    std::optional<SamplePlugin> plugin_;
};

using APluginWatcher = PluginWatcherTest;

TEST_F(APluginWatcher, RegistersASocketThatAppears) {
    WatchedPlugin watched(registry() / "plugin.sock", info());
    kubelet_->waitForCapacity(resource, Capacity{1, 1});
    EXPECT_TRUE(watched.waitForStatus().at(0).plugin_registered());
    EXPECT_EQ(kubelet_->waitForRegistration(resource).endpoint, folder() / "device.sock");
}

TEST_F(APluginWatcher, RegistersASocketBelowTheFolder) {
    std::filesystem::create_directory(registry() / "sub");
    WatchedPlugin watched(registry() / "sub" / "plugin.sock", info());
    kubelet_->waitForCapacity(resource, Capacity{1, 1});
}

TEST_F(APluginWatcher, PassesOverNamesWithADot) {
    WatchedPlugin hidden(registry() / ".hidden.sock", info());
    auto other = info();
    other.set_name("hailo.ai/other");
    WatchedPlugin watched(registry() / "plugin.sock", other);
    kubelet_->waitForRegistration("hailo.ai/other");
    EXPECT_EQ(kubelet_->registrations().size(), 1);
}

TEST_F(APluginWatcher, NamesTheSocketAsTheAuthority) {
    WatchedPlugin watched(registry() / "plugin.sock", info());
    watched.waitForStatus();
    EXPECT_THAT(watched.authority(), HasSubstr("%2Fregistry%2Fplugin.sock"));
}

TEST_F(APluginWatcher, RegistersAgainByItselfAfterARestartOfTheKubelet) {
    const PluginFolder safe; // from the wipe
    SamplePlugin plugin(safe.path(), "device.sock", deviceList({"a"}));
    auto elsewhere = info();
    elsewhere.set_endpoint(safe.path() / "device.sock");
    WatchedPlugin watched(registry() / "plugin.sock", elsewhere);
    kubelet_->waitForCapacity(resource, Capacity{1, 1});
    watched.waitForStatus(); // a kubelet that is killed before it has told tells nothing
    kubelet_->restart();
    kubelet_->waitForCapacity(resource, Capacity{1, 1});
    EXPECT_EQ(watched.waitForStatus(2).size(), 2);
}

TEST_F(APluginWatcher, DeregistersAPluginWhoseSocketIsRemoved) {
    {
        WatchedPlugin watched(registry() / "plugin.sock", info());
        kubelet_->waitForCapacity(resource, Capacity{1, 1});
    }
    kubelet_->waitForCapacity(resource, Capacity{1, 0});
    EXPECT_TRUE(plugin_->waitForOpenStreams(0));
}

TEST_F(APluginWatcher, RegistersASocketAnewThatIsReplaced) {
    // Up to 1.36 the end of the first stream may end the second one too, when it is seen late.
    start(Takeover::KeepsCurrent);
    std::optional<WatchedPlugin> watched(std::in_place, registry() / "plugin.sock", info());
    kubelet_->waitForRegistration(resource, 1);
    const SamplePlugin successor(folder(), "successor.sock", deviceList({"a"}));
    auto replaced = info();
    replaced.set_endpoint(folder() / "successor.sock");
    watched.emplace(registry() / "plugin.sock", replaced);
    kubelet_->waitForRegistration(resource, 2);
    kubelet_->waitForCapacity(resource, Capacity{1, 1});
}

TEST_F(APluginWatcher, RefusesAVersionThatItDoesNotKnow) {
    auto wrong = info();
    wrong.clear_supported_versions();
    wrong.add_supported_versions("v1");
    wrong.add_supported_versions("v2");
    expectRefusal(wrong, "RegisterPlugin error -- plugin validation failed with err: manager "
                         "version, v1beta1, is not among plugin supported versions [v1 v2]");
}

TEST_F(APluginWatcher, RefusesANameThatIsNoExtendedResource) {
    auto wrong = info();
    wrong.set_name("npu");
    expectRefusal(wrong, "RegisterPlugin error -- plugin validation failed with err: invalid name "
                         "of device plugin socket: the ResourceName \"npu\" is invalid");
}

TEST_F(APluginWatcher, RefusesOtherKindsOfPlugins) {
    auto wrong = info();
    wrong.set_type("CSIPlugin");
    expectRefusal(wrong, "RegisterPlugin error -- no handler registered for plugin type: "
                         "CSIPlugin at socket " +
                             (registry() / "plugin.sock").string());
}

TEST_F(APluginWatcher, TellsThePluginWhenItsEndpointCannotBeDialled) {
    auto wrong = info();
    wrong.set_endpoint(folder() / "nobody.sock");
    expectRefusal(wrong, "RegisterPlugin error -- plugin registration failed with err: failed to "
                         "dial device plugin: context deadline exceeded");
}

TEST_F(APluginWatcher, TriesAgainWhenGetInfoTakesTooLong) {
    std::promise<void> tooLong;
    WatchedPlugin watched(folder() / "hidden.sock", info());
    watched.onGetInfo = [&tooLong, first = true](grpc::ServerContext&) mutable {
        if (std::exchange(first, false)) {
            tooLong.get_future().wait();
        }
        return grpc::Status::OK;
    };
    std::filesystem::rename(folder() / "hidden.sock", registry() / "plugin.sock");
    kubelet_->waitForCapacity(resource, Capacity{1, 1});
    tooLong.set_value();
}

} // namespace hdp::testing
