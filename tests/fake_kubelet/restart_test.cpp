// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/allocation_test.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>

namespace hdp::testing {

using std::chrono::milliseconds;

class RestartTest : public AllocationTest {
  protected:
    /// A pod holds a device when the kubelet is killed; the plugin has to serve on a new socket.
    void restartWithAPod(KubeletOptions options = {}) {
        start(std::move(options));
        countCalls();
        connect(*plugin_);
        ASSERT_TRUE(allocate("p").admitted());
        kubelet_->restart();
    }

    /// Each time a plugin connects and loses its kubelet.
    void restartMany(int times) {
        for (int i = 0; i < times; ++i) {
            plugin_.emplace(folder(), "many.sock", deviceList({"a"}));
            connect(*plugin_);
            kubelet_->restart();
            EXPECT_TRUE(plugin_->waitForOpenStreams(0));
        }
    }

    static std::ptrdiff_t countEntries(const std::filesystem::path& path) {
        const std::filesystem::directory_iterator entries(path);
        return std::distance(begin(entries), end(entries));
    }

    void connectAgain(const v1beta1::ListAndWatchResponse& devices) {
        plugin_.emplace(folder(), "again.sock", devices);
        countCalls();
        connect(*plugin_);
    }
};

using ARestart = RestartTest;

TEST_F(ARestart, BringsResourcesBackStoppedAndEmpty) {
    restartWithAPod();
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{0, 0}));
    EXPECT_EQ(kubelet_->lastMessage(resource), std::nullopt);
}

TEST_F(ARestart, GivesThemTheGracePeriodToComeBack) {
    restartWithAPod({.stopGracePeriod = milliseconds(200)});
    kubelet_->waitForCapacity(resource, std::nullopt);
}

TEST_F(ARestart, RejectsAPodThatIsAdmittedBeforeThePluginIsBack) {
    restartWithAPod();
    EXPECT_EQ(allocate("p").error,
              "no healthy devices present; cannot allocate unhealthy devices " + resource);
}

TEST_F(ARestart, AdmitsRunningContainersWhileTheSourcesAreNotReady) {
    restartWithAPod();
    kubelet_->setSourcesReady(false);
    EXPECT_TRUE(allocate("p").admitted());
    EXPECT_FALSE(allocate("new").admitted());
}

TEST_F(ARestart, RemembersWhoHoldsWhat) {
    restartWithAPod();
    connectAgain(deviceList({"a", "b", "c"}));
    const auto again = allocate("p");
    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(again.response.envs().at("CALL"), "1");
    EXPECT_EQ(allocate("q", 3).error, "requested number of devices unavailable for " + resource +
                                          ". Requested: 3, Available: 2");
}

TEST_F(ARestart, StartsContainersWithoutPreparationUntilThePluginIsBack) {
    start();
    plugin_->options.set_pre_start_required(true);
    plugin_->onPreStart = [](const auto&) {
        return grpc::Status(grpc::StatusCode::INTERNAL, "not ready");
    };
    connect(*plugin_);
    ASSERT_TRUE(allocate("p").admitted());
    ASSERT_FALSE(kubelet_->startContainer(container("p")).admitted());
    kubelet_->restart();
    EXPECT_TRUE(kubelet_->startContainer(container("p")).admitted());
}

TEST_F(ARestart, PanicsLaterWhenThePluginForgetsADeviceInUse) {
    restartWithAPod();
    connectAgain(deviceList({"z"}));
    EXPECT_TRUE(kubelet_->panicked().has_value());
}

TEST_F(ARestart, WithoutACheckpointRemembersNothing) {
    restartWithAPod({.writesCheckpoint = false});
    EXPECT_EQ(kubelet_->capacity(resource), std::nullopt);
    EXPECT_FALSE(std::filesystem::exists(folder() / "kubelet_internal_checkpoint"));
}

TEST_F(ARestart, KeepsCountingRegistrationsAndMessages) {
    restartWithAPod();
    connectAgain(deviceList({"a"}));
    EXPECT_EQ(kubelet_->waitForRegistration(resource, 2).endpoint, "again.sock");
    EXPECT_EQ(kubelet_->lastMessage(resource).value().number, 2);
}

TEST_F(ARestart, LeavesNeitherThreadsNorDescriptorsBehind) {
    start();
    restartMany(10);
    const auto threads = countEntries("/proc/self/task");
    const auto descriptors = countEntries("/proc/self/fd");
    restartMany(50);
    // gRPC closes and ends some of its own a little later, but not fifty times.
    EXPECT_LT(countEntries("/proc/self/task"), threads + 25);
    EXPECT_LT(countEntries("/proc/self/fd"), descriptors + 25);
}

} // namespace hdp::testing
