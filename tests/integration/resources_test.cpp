// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/node.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hdp::testing {
namespace {

const MockChip old{.address = {0, 1, 0, 0}};
const MockChip young{.address = {0, 2, 0, 0}, .driverVersion = "5.3.0"};

constexpr auto oldId = "0000:01:00.0";
constexpr auto youngId = "0000:02:00.0";
constexpr auto oldResource = "hailo.ai/h8";
constexpr auto restResource = "hailo.ai/rest";

class ResourcesTest : public ::testing::Test {
  protected:
    ResourcesTest() {
        node.hardware.plug(old);
        node.hardware.plug(young);
        node.kubelet.start();
        node.startDaemon({"--resource", "hailo.ai/h8:model=hailo-8", "--resource", restResource});
        node.kubelet.waitForMessage(oldResource, 1);
        node.kubelet.waitForMessage(restResource, 1);
    }

    grpc::Status allocate(const std::string& resource, const std::string& id) {
        v1beta1::AllocateRequest request;
        request.add_container_requests()->add_devices_ids(id);
        v1beta1::AllocateResponse response;
        return node.kubelet.rawAllocate(resource, request, response);
    }

    Node node;
};

using SeveralResources = ResourcesTest;

TEST_F(SeveralResources, ShareOutTheChips) {
    EXPECT_TRUE(node.kubeletSees({{oldId, "Healthy"}}, oldResource));
    EXPECT_TRUE(node.kubeletSees({{youngId, "Healthy"}}, restResource));
}

TEST_F(SeveralResources, HaveAnEndpointEach) {
    EXPECT_NE(node.kubelet.waitForRegistration(oldResource).endpoint,
              node.kubelet.waitForRegistration(restResource).endpoint);
    EXPECT_EQ(node.pluginSockets().size(), 2U);
}

TEST_F(SeveralResources, HearOfTheirOwnChipsOnly) {
    ASSERT_TRUE(node.kubeletSees({{youngId, "Healthy"}}, restResource));
    const auto before = node.kubelet.messageCount(restResource);

    node.hardware.unplug(old);

    EXPECT_TRUE(node.kubeletSees({{oldId, "Unhealthy"}}, oldResource));
    EXPECT_EQ(node.kubelet.messageCount(restResource), before);
}

TEST_F(SeveralResources, GiveOutTheirOwnChipsOnly) {
    EXPECT_TRUE(allocate(oldResource, oldId).ok());

    const auto status = allocate(oldResource, youngId);

    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_NE(status.error_message().find(youngId), std::string::npos) << status.error_message();
}

TEST_F(SeveralResources, MeetInOneContainer) {
    const auto first = node.kubelet.allocate(
        {.podUid = "pod", .container = "main", .resource = oldResource, .count = 1});
    const auto second = node.kubelet.allocate(
        {.podUid = "pod", .container = "main", .resource = restResource, .count = 1});

    ASSERT_TRUE(first.admitted()) << first.error;
    ASSERT_TRUE(second.admitted()) << second.error;
    for (const auto& [name, value] : first.response.envs()) {
        EXPECT_EQ(second.response.envs().count(name), 0U) << name << " would keep one value only";
    }
}

TEST_F(SeveralResources, RegisterAgainWithARestartedKubelet) {
    node.kubelet.kill();
    node.kubelet.start();

    node.kubelet.waitForRegistration(oldResource, 2);
    node.kubelet.waitForRegistration(restResource, 2);
    EXPECT_TRUE(node.kubeletSees({{oldId, "Healthy"}}, oldResource));
    EXPECT_TRUE(node.kubeletSees({{youngId, "Healthy"}}, restResource));
    EXPECT_EQ(node.pluginSockets().size(), 2U);
}

TEST_F(SeveralResources, StopTogether) {
    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0);
    EXPECT_TRUE(node.pluginSockets().empty());
}

class SelectedByDriver : public ::testing::Test {
  protected:
    SelectedByDriver() {
        node.hardware.plug(old);
        node.hardware.plug(young);
        node.kubelet.start();
        node.startDaemon({"--resource", "hailo.ai/h8:id=1e60:2864,driver=hailo", "--resource",
                          "hailo.ai/rest:address=0000:0[2-9]:*"});
        node.kubelet.waitForMessage(oldResource, 1);
        node.kubelet.waitForMessage(restResource, 1);
    }

    Node node;
};

TEST_F(SelectedByDriver, ChipsOfTwoGenerationsAreTwoResourcesOfOneNode) {
    EXPECT_TRUE(node.kubeletSees({{oldId, "Healthy"}}, oldResource));
    EXPECT_TRUE(node.kubeletSees({{youngId, "Healthy"}}, restResource));
}

TEST_F(SelectedByDriver, AChipStaysInItsResourceWithoutTheDriver) {
    ASSERT_TRUE(node.kubeletSees({{oldId, "Healthy"}}, oldResource));

    node.hardware.unbind(old);

    EXPECT_TRUE(node.kubeletSees({{oldId, "Unhealthy"}}, oldResource));
    EXPECT_TRUE(node.daemon().says("stays in hailo.ai/h8"));
}

TEST_F(SelectedByDriver, AChipThatNoResourceTakesIsNamed) {
    node.hardware.plug(MockChip{.address = {0, 0x11, 0, 0}, .driverVersion = "5.3.0", .index = 1});

    EXPECT_TRUE(node.daemon().says("no resource takes the hailo-10h at 0000:11:00.0"));
    EXPECT_TRUE(node.kubeletSees({{youngId, "Healthy"}}, restResource));
}

} // namespace
} // namespace hdp::testing
