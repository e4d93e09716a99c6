// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/channel.hpp"
#include "tests/fake_kubelet/kubelet_test.hpp"

#include "podresources_v1.grpc.pb.h"

#include <grpcpp/grpcpp.h>

#include <cerrno>

namespace hdp::testing {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PodResourcesTest : public KubeletTest {
  protected:
    void SetUp() override {
        startKubelet({.podResourcesSocket = socket()});
        auto devices = deviceList({"a", "b"}, {"c"});
        devices.mutable_devices(1)->mutable_topology()->add_nodes()->set_id(0);
        devices.mutable_devices(1)->mutable_topology()->add_nodes()->set_id(1);
        plugin_.emplace(folder(), "a.sock", devices);
        connect(*plugin_);
        stub_ = v1::PodResourcesLister::NewStub(openChannel(socket()));
    }

    [[nodiscard]] std::filesystem::path socket() const {
        return folder() / "pod-resources" / "kubelet.sock";
    }

    void allocate(const std::string& pod, std::int64_t numaNode) {
        ASSERT_TRUE(kubelet_
                        ->allocate({.podUid = pod,
                                    .container = "main",
                                    .resource = resource,
                                    .numaNodes = {{numaNode}}})
                        .admitted());
    }

    v1::ListPodResourcesResponse list() {
        grpc::ClientContext context;
        v1::ListPodResourcesResponse response;
        EXPECT_TRUE(stub_->List(&context, {}, &response).ok());
        return response;
    }

    grpc::Status get(const std::string& pod,
                     const std::string& nameSpace,
                     v1::GetPodResourcesResponse& response) {
        grpc::ClientContext context;
        v1::GetPodResourcesRequest request;
        request.set_pod_name(pod);
        request.set_pod_namespace(nameSpace);
        return stub_->Get(&context, request, &response);
    }

    std::optional<SamplePlugin> plugin_;
    std::unique_ptr<v1::PodResourcesLister::Stub> stub_;
};

using PodResources = PodResourcesTest;

TEST_F(PodResources, AreEmptyBeforeTheFirstPod) {
    EXPECT_THAT(list().pod_resources(), IsEmpty());
}

TEST_F(PodResources, HaveOneEntryForEachDeviceAndNumaNode) {
    allocate("p", 0);
    const auto response = list();
    ASSERT_THAT(response.pod_resources(), SizeIs(1));
    EXPECT_EQ(response.pod_resources(0).name(), "p");
    EXPECT_EQ(response.pod_resources(0).namespace_(), "default");
    EXPECT_EQ(response.pod_resources(0).containers(0).name(), "main");
    const auto& devices = response.pod_resources(0).containers(0).devices();
    ASSERT_THAT(devices, SizeIs(2));
    EXPECT_THAT(devices[1].device_ids(), ElementsAre("b"));
    EXPECT_EQ(devices[1].resource_name(), resource);
    EXPECT_EQ(devices[1].topology().nodes(0).id(), 1);
}

TEST_F(PodResources, LoseAPodThatHasEnded) {
    allocate("p", 0);
    kubelet_->forgetPod("p");
    EXPECT_THAT(list().pod_resources(), IsEmpty());
}

TEST_F(PodResources, KnowPodsFromBeforeARestart) {
    allocate("p", 0);
    kubelet_->restart();
    stub_ = v1::PodResourcesLister::NewStub(openChannel(socket()));
    EXPECT_EQ(list().pod_resources(0).name(), "p");
}

TEST_F(PodResources, HaveTheHealthyDevicesAsAllocatable) {
    allocate("p", 0);
    grpc::ClientContext context;
    v1::AllocatableResourcesResponse response;
    ASSERT_TRUE(stub_->GetAllocatableResources(&context, {}, &response).ok());
    ASSERT_THAT(response.devices(), SizeIs(3));
    EXPECT_THAT(response.devices(0).device_ids(), ElementsAre("a"));
    EXPECT_FALSE(response.devices(0).has_topology());
    EXPECT_THAT(response.devices(2).device_ids(), ElementsAre("b"));
}

TEST_F(PodResources, AreToldForOnePod) {
    allocate("p", 0);
    v1::GetPodResourcesResponse response;
    ASSERT_TRUE(get("p", "default", response).ok());
    EXPECT_THAT(response.pod_resources().containers(0).devices(), SizeIs(2));
}

TEST_F(PodResources, AreNotToldForAPodThatDoesNotExist) {
    v1::GetPodResourcesResponse response;
    EXPECT_EQ(get("p", "default", response).error_message(),
              "pod p in namespace default not found");
}

TEST_F(PodResources, AreRefusedWhenTheKubeletIsDead) {
    kubelet_->kill();
    EXPECT_EQ(connectError(socket()), ECONNREFUSED);
}

} // namespace hdp::testing
