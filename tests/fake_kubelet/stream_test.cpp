// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_test.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace hdp::testing {

using std::chrono::milliseconds;
using ::testing::IsEmpty;

class StreamTest : public KubeletTest {
  protected:
    void SetUp() override { startKubelet(); }

    void connectNew(std::optional<SamplePlugin>& plugin,
                    const std::string& endpoint,
                    const v1beta1::ListAndWatchResponse& devices) {
        plugin.emplace(folder(), endpoint, devices);
        connect(*plugin);
    }

    std::optional<SamplePlugin> plugin_;
};

using AStream = StreamTest;

TEST_F(AStream, BringsTheCapacity) {
    connectNew(plugin_, "a.sock", deviceList({"a", "b"}, {"c"}));
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{3, 2}));
}

TEST_F(AStream, BringsTheWholeListEachTime) {
    connectNew(plugin_, "a.sock", deviceList({"a", "b"}));
    plugin_->send(deviceList({"b"}, {"c"}));
    const auto message = kubelet_->waitForDevices(
        resource, [](const auto& list) { return list.devices(0).id() == "b"; });
    EXPECT_EQ(message.number, 2);
    EXPECT_EQ(kubelet_->deviceList(resource).devices_size(), 2);
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{2, 1}));
}

TEST_F(AStream, RecordsWhenEachMessageArrived) {
    const auto before = std::chrono::steady_clock::now();
    connectNew(plugin_, "a.sock", deviceList({"a"}));
    plugin_->send(deviceList({}, {"a"}));
    kubelet_->waitForMessage(resource, 2);
    const auto arrivals = kubelet_->arrivals(resource);
    ASSERT_EQ(arrivals.size(), 2);
    EXPECT_LE(before, arrivals[0]);
    EXPECT_LE(arrivals[0], arrivals[1]);
    EXPECT_LE(arrivals[1], std::chrono::steady_clock::now());
}

TEST_F(AStream, CarriesTheTopology) {
    auto devices = deviceList({"a"});
    devices.mutable_devices(0)->mutable_topology()->add_nodes()->set_id(1);
    connectNew(plugin_, "a.sock", devices);
    EXPECT_EQ(kubelet_->deviceList(resource).devices(0).topology().nodes(0).id(), 1);
}

TEST_F(AStream, LeavesTheCapacityButNothingAllocatableWhenItEnds) {
    connectNew(plugin_, "a.sock", deviceList({"a", "b"}));
    plugin_->endStreams();
    kubelet_->waitForCapacity(resource, Capacity{2, 0});
}

TEST_F(AStream, IsNeverOpenedAgain) {
    connectNew(plugin_, "a.sock", deviceList({"a"}));
    plugin_->endStreams();
    kubelet_->waitForCapacity(resource, Capacity{1, 0});
    kubelet_->restart();
    EXPECT_THAT(plugin_->calls(), ::testing::ElementsAre("options", "list"));
}

TEST_F(AStream, IsMadeUpForByTheNextRegistration) {
    connectNew(plugin_, "a.sock", deviceList({"a"}));
    plugin_->endStreams();
    kubelet_->waitForCapacity(resource, Capacity{1, 0});
    connect(*plugin_);
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{1, 1}));
}

TEST_F(AStream, EndsWithAPluginThatDies) {
    connectNew(plugin_, "a.sock", deviceList({"a"}));
    plugin_.reset();
    kubelet_->waitForCapacity(resource, Capacity{1, 0});
}

TEST_F(AStream, EndsWhenAMessageIsLongerThanFourMebibytes) {
    connectNew(plugin_, "a.sock", deviceList({"a"}));
    plugin_->send(deviceList({std::string(4194304, 'x')}));
    kubelet_->waitForCapacity(resource, Capacity{1, 0});
    EXPECT_EQ(kubelet_->messageCount(resource), 1);
}

TEST_F(AStream, CarriesAMessageOfJustFourMebibytes) {
    auto devices = deviceList({""});
    devices.mutable_devices(0)->set_id(std::string(4194304 - 19, 'x'));
    ASSERT_EQ(devices.ByteSizeLong(), 4194304);
    connectNew(plugin_, "a.sock", devices);
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{1, 1}));
}

TEST_F(AStream, MayBeOpenedTwiceByATest) {
    connectNew(plugin_, "a.sock", deviceList({"a"}));
    const auto second = kubelet_->openSecondStream(resource);
    EXPECT_EQ(second->waitForMessage(1).list.devices(0).id(), "a");
    plugin_->send(deviceList({"b"}));
    EXPECT_EQ(second->waitForMessage(2).list.devices(0).id(), "b");
    second->cancel();
    EXPECT_EQ(second->waitForEnd().error_code(), grpc::StatusCode::CANCELLED);
    EXPECT_TRUE(plugin_->waitForOpenStreams(1));
}

TEST_F(AStream, TellsTheOnlookerEachListAndItsCapacity) {
    std::vector<Event> events;
    startKubelet({.onEvent = [&events](const Event& event) { events.push_back(event); }});
    connectNew(plugin_, "a.sock", deviceList({"a"}, {"b"}));
    kubelet_->kill();
    const auto isList = [](const Event& event) { return event.kind == Event::Kind::ListReceived; };
    const auto list = std::ranges::find_if(events, isList);
    ASSERT_NE(list, events.end());
    EXPECT_EQ(list->capacity, (Capacity{2, 1}));
    EXPECT_EQ(list->list.devices_size(), 2);
}

class GraceTest : public StreamTest {
  protected:
    void SetUp() override { startKubelet({.stopGracePeriod = milliseconds(200)}); }
};

using AStoppedResource = GraceTest;

TEST_F(AStoppedResource, IsForgottenAfterTheGracePeriod) {
    connectNew(plugin_, "a.sock", deviceList({"a"}));
    plugin_->endStreams();
    kubelet_->waitForCapacity(resource, std::nullopt);
    EXPECT_THAT(kubelet_->capacities(), IsEmpty());
    EXPECT_EQ(kubelet_->allocate({.podUid = "p", .container = "c", .resource = resource}).error,
              "cannot allocate unregistered device " + resource);
}

TEST_F(AStoppedResource, ComesBackWithTheNextRegistration) {
    connectNew(plugin_, "a.sock", deviceList({"a"}));
    plugin_->endStreams();
    kubelet_->waitForCapacity(resource, std::nullopt);
    connect(*plugin_);
    EXPECT_EQ(kubelet_->capacity(resource), (Capacity{1, 1}));
}

TEST_F(AStoppedResource, RefusesDevicesToThePodThatHadThem) {
    connectNew(plugin_, "a.sock", deviceList({"a"}));
    const ContainerRequest request{.podUid = "p", .container = "c", .resource = resource};
    ASSERT_TRUE(kubelet_->allocate(request).admitted());
    plugin_->endStreams();
    kubelet_->waitForCapacity(resource, std::nullopt);
    EXPECT_EQ(kubelet_->allocate(request).error, "cannot allocate unregistered device " + resource);
}

} // namespace hdp::testing
