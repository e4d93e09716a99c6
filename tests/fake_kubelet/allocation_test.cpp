// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/allocation_test.hpp"

#include <cstdint>
#include <future>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace hdp::testing {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

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

} // namespace hdp::testing
