// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_test.hpp"

#include <chrono>
#include <future>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace hdp::testing {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

class AllocationTest : public KubeletTest {
  protected:
    void start(KubeletOptions options = {}) {
        startKubelet(std::move(options));
        plugin_.emplace(folder(), "a.sock", deviceList({"a", "b", "c"}));
    }

    Allocation allocate(const std::string& pod, std::size_t count = 1) {
        return kubelet_->allocate(
            {.podUid = pod, .container = "main", .resource = resource, .count = count});
    }

    [[nodiscard]] ContainerResource container(const std::string& pod) const {
        return {pod, "main", resource};
    }

    /// Makes Allocate answer one environment variable that counts the calls.
    void countCalls() {
        plugin_->onAllocate = [calls = 0](const auto&, auto& response) mutable {
            (*response.add_container_responses()->mutable_envs())["CALL"] = std::to_string(++calls);
            return grpc::Status::OK;
        };
    }

    std::optional<SamplePlugin> plugin_;
};

using AnAllocation = AllocationTest;

TEST_F(AnAllocation, AsksForOneContainerWithAllItsDevices) {
    start();
    v1beta1::AllocateRequest request;
    plugin_->onAllocate = [&](const auto& sent, auto& response) {
        request = sent;
        response.add_container_responses();
        return grpc::Status::OK;
    };
    connect(*plugin_);
    EXPECT_TRUE(allocate("p", 3).admitted());
    ASSERT_THAT(request.container_requests(), SizeIs(1));
    EXPECT_THAT(request.container_requests(0).devices_ids(), UnorderedElementsAre("a", "b", "c"));
}

TEST_F(AnAllocation, DoesNotAskForAPreferenceThatWasNotOffered) {
    start();
    connect(*plugin_);
    EXPECT_TRUE(allocate("p").admitted());
    EXPECT_THAT(plugin_->calls(), ElementsAre("options", "list", "allocate"));
}

TEST_F(AnAllocation, FollowsThePreferenceOfThePlugin) {
    start();
    plugin_->options.set_get_preferred_allocation_available(true);
    plugin_->onPreferred = [](const auto&, auto& response) {
        response.add_container_responses()->add_deviceids("b");
        return grpc::Status::OK;
    };
    connect(*plugin_);
    EXPECT_THAT(allocate("p").deviceIds, ElementsAre("b"));
    EXPECT_THAT(plugin_->calls(), ElementsAre("options", "list", "preferred", "allocate"));
}

TEST_F(AnAllocation, FailsWithTheErrorOfThePreference) {
    start();
    plugin_->options.set_get_preferred_allocation_available(true);
    plugin_->onPreferred = [](const auto&, auto&) {
        return grpc::Status(grpc::StatusCode::INTERNAL, "no idea");
    };
    connect(*plugin_);
    EXPECT_EQ(allocate("p").error, "device plugin GetPreferredAllocation rpc failed with err: rpc "
                                   "error: code = Internal desc = no idea");
}

TEST_F(AnAllocation, GivesEachDeviceToOnePodOnly) {
    start();
    connect(*plugin_);
    std::set<std::string> given;
    for (const auto* pod : {"p", "q", "r"}) {
        given.insert(allocate(pod).deviceIds.at(0));
    }
    EXPECT_THAT(given, ElementsAre("a", "b", "c"));
    EXPECT_EQ(allocate("s").error, "requested number of devices unavailable for " + resource +
                                       ". Requested: 1, Available: 0");
}

TEST_F(AnAllocation, FreesTheDevicesOfAForgottenPod) {
    start();
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    kubelet_->forgetPod("p");
    EXPECT_TRUE(allocate("q", 3).admitted());
}

TEST_F(AnAllocation, IsMadeOnceAndThenReplayed) {
    start();
    countCalls();
    connect(*plugin_);
    ASSERT_TRUE(allocate("p").admitted());
    const auto again = allocate("p");
    EXPECT_TRUE(again.replayed);
    EXPECT_EQ(again.response.envs().at("CALL"), "1");
}

TEST_F(AnAllocation, IsReplayedAtEachStartOfTheContainer) {
    start();
    countCalls();
    connect(*plugin_);
    ASSERT_TRUE(allocate("p").admitted());
    kubelet_->startContainer(container("p"));
    EXPECT_EQ(kubelet_->startContainer(container("p")).response.envs().at("CALL"), "1");
    EXPECT_THAT(plugin_->calls(), ElementsAre("options", "list", "allocate"));
}

TEST_F(AnAllocation, FailsWithTheErrorOfThePluginAndFreesTheDevices) {
    start();
    plugin_->onAllocate = [](const auto&, auto&) {
        return grpc::Status(grpc::StatusCode::NOT_FOUND, "no such chip");
    };
    connect(*plugin_);
    EXPECT_EQ(allocate("p", 3).error, "rpc error: code = NotFound desc = no such chip");
    plugin_->onAllocate = nullptr;
    EXPECT_TRUE(allocate("p", 3).admitted());
}

TEST_F(AnAllocation, FailsWithoutAContainerResponse) {
    start();
    plugin_->onAllocate = [](const auto&, auto&) { return grpc::Status::OK; };
    connect(*plugin_);
    EXPECT_THAT(allocate("p").error, StartsWith("no containers return in allocation response"));
}

TEST_F(AnAllocation, FailsWhenTheKubeletIsKilledMeanwhile) {
    start();
    std::promise<void> killed;
    plugin_->onAllocate = [killed = killed.get_future().share()](const auto&, auto&) {
        killed.wait();
        return grpc::Status::OK;
    };
    connect(*plugin_);
    std::thread admission([this] { EXPECT_EQ(allocate("p").error, "the kubelet was killed"); });
    EXPECT_TRUE(plugin_->waitForCall("allocate"));
    kubelet_->kill();
    admission.join();
    killed.set_value();
}

TEST_F(AnAllocation, HasNoTimeLimit) {
    start();
    connect(*plugin_);
    ASSERT_TRUE(allocate("p").admitted());
    EXPECT_FALSE(plugin_->lastCallHadDeadline());
}

TEST_F(AnAllocation, HasNoPreStartThatWasNotOffered) {
    start();
    connect(*plugin_);
    ASSERT_TRUE(allocate("p").admitted());
    EXPECT_TRUE(kubelet_->startContainer(container("p")).admitted());
    EXPECT_THAT(plugin_->calls(), ElementsAre("options", "list", "allocate"));
}

TEST_F(AnAllocation, IsPreparedBeforeEachStartIfThePluginWants) {
    start();
    plugin_->options.set_pre_start_required(true);
    v1beta1::PreStartContainerRequest request;
    plugin_->onPreStart = [&](const auto& sent) {
        request = sent;
        return grpc::Status::OK;
    };
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    EXPECT_TRUE(kubelet_->startContainer(container("p")).admitted());
    EXPECT_THAT(request.devices_ids(), UnorderedElementsAre("a", "b", "c"));
}

TEST_F(AnAllocation, DoesNotStartWhenThePreparationTakesTooLong) {
    start({.preStartTimeout = milliseconds(100)});
    plugin_->options.set_pre_start_required(true);
    std::promise<void> over;
    plugin_->onPreStart = [over = over.get_future().share()](const auto&) {
        over.wait();
        return grpc::Status::OK;
    };
    connect(*plugin_);
    ASSERT_TRUE(allocate("p").admitted());
    EXPECT_THAT(kubelet_->startContainer(container("p")).error,
                StartsWith("device plugin PreStartContainer rpc failed with err: rpc error: code = "
                           "DeadlineExceeded"));
    over.set_value();
}

TEST_F(AnAllocation, DoesNotStartAContainerThatWasNotAdmitted) {
    start();
    connect(*plugin_);
    EXPECT_EQ(kubelet_->startContainer(container("p")).error,
              "no devices found allocated in local cache for pod \"p\", container \"main\", "
              "resource \"" +
                  resource + "\"");
}

TEST_F(AnAllocation, GoesToTheNumaNodeThatWasChosen) {
    start();
    auto devices = deviceList({"a", "b"});
    devices.mutable_devices(0)->mutable_topology()->add_nodes()->set_id(0);
    devices.mutable_devices(1)->mutable_topology()->add_nodes()->set_id(1);
    plugin_->send(devices);
    connect(*plugin_);
    const auto allocation = kubelet_->allocate(
        {.podUid = "p", .container = "main", .resource = resource, .numaNodes = {{1}}});
    EXPECT_THAT(allocation.deviceIds, ElementsAre("b"));
}

TEST_F(AnAllocation, MayBeMadeUpByATest) {
    start();
    connect(*plugin_);
    v1beta1::AllocateRequest request;
    request.add_container_requests();
    request.add_container_requests();
    v1beta1::AllocateResponse response;
    EXPECT_TRUE(kubelet_->rawAllocate(resource, request, response).ok());
    EXPECT_THAT(response.container_responses(), SizeIs(2));
    EXPECT_TRUE(allocate("p", 3).admitted()) << "a raw call keeps nothing";
}

TEST_F(AnAllocation, MayHaveAPreferenceMadeUpByATest) {
    start();
    plugin_->onPreferred = [](const auto& request, auto& response) {
        response.add_container_responses()->add_deviceids(
            std::to_string(request.container_requests_size()));
        return grpc::Status::OK;
    };
    connect(*plugin_);
    v1beta1::PreferredAllocationResponse response;
    EXPECT_TRUE(kubelet_->rawPreferred(resource, {}, response).ok());
    EXPECT_EQ(response.container_responses(0).deviceids(0), "0");
}

TEST_F(AnAllocation, SendsTheIdsInAnotherOrderForAnotherSeed) {
    std::set<std::vector<std::string>> orders;
    for (std::uint32_t seed = 0; seed < 20; ++seed) {
        start({.seed = seed});
        connect(*plugin_);
        orders.insert(allocate("p", 3).deviceIds);
        plugin_.reset();
    }
    EXPECT_GT(orders.size(), 1);
}

TEST_F(AnAllocation, PanicsTheKubeletWhenItsDeviceVanishesFrom134On) {
    start({.droppedId = DroppedId::Panics});
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    plugin_->send(deviceList({"b", "c"}));
    kubelet_->waitForMessage(resource, 2);
    EXPECT_THAT(kubelet_->panicked().value_or("none"), ::testing::HasSubstr("a vanished while a"));
}

TEST_F(AnAllocation, PanicsTheKubeletWhenADeviceVanishesInFlight) {
    start({.droppedId = DroppedId::Panics});
    plugin_->onAllocate = [this](const auto&, auto& response) {
        plugin_->send(deviceList({"b", "c"}));
        kubelet_->waitForMessage(resource, 2);
        response.add_container_responses();
        return grpc::Status::OK;
    };
    connect(*plugin_);
    allocate("p", 3);
    EXPECT_THAT(kubelet_->panicked().value_or("none"),
                ::testing::HasSubstr("a vanished while its Allocate was in flight"));
}

TEST_F(AnAllocation, SurvivesAVanishedDeviceUpTo133) {
    start({.droppedId = DroppedId::Survives});
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    plugin_->send(deviceList({"b", "c"}));
    kubelet_->waitForMessage(resource, 2);
    EXPECT_EQ(kubelet_->panicked(), std::nullopt);
}

TEST_F(AnAllocation, SurvivesATombstoneInAllVersions) {
    start({.droppedId = DroppedId::Panics});
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    plugin_->send(deviceList({"b", "c"}, {"a"}));
    kubelet_->waitForMessage(resource, 2);
    EXPECT_EQ(kubelet_->panicked(), std::nullopt);
}

TEST_F(AnAllocation, SurvivesAVanishedDeviceThatNobodyHolds) {
    start({.droppedId = DroppedId::Panics});
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    kubelet_->forgetPod("p");
    plugin_->send(deviceList({"b", "c"}));
    kubelet_->waitForMessage(resource, 2);
    EXPECT_EQ(kubelet_->panicked(), std::nullopt);
}

} // namespace hdp::testing
