// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/allocation_test.hpp"

#include <optional>

namespace hdp::testing {

using ::testing::HasSubstr;

using ADroppedId = AllocationTest;

TEST_F(ADroppedId, PanicsTheKubeletWhileAContainerHoldsItFrom134On) {
    start({.droppedId = DroppedId::Panics});
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    plugin_->send(deviceList({"b", "c"}));
    kubelet_->waitForMessage(resource, 2);
    EXPECT_THAT(kubelet_->panicked().value_or("none"), HasSubstr("a vanished while a"));
}

TEST_F(ADroppedId, PanicsTheKubeletWhileItsAllocateIsInFlight) {
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
                HasSubstr("a vanished while its Allocate was in flight"));
}

TEST_F(ADroppedId, HarmsNoKubeletUpTo133) {
    start({.droppedId = DroppedId::Survives});
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    plugin_->send(deviceList({"b", "c"}));
    kubelet_->waitForMessage(resource, 2);
    EXPECT_EQ(kubelet_->panicked(), std::nullopt);
}

TEST_F(ADroppedId, DoesNoHarmWhenItStaysAsATombstone) {
    start({.droppedId = DroppedId::Panics});
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    plugin_->send(deviceList({"b", "c"}, {"a"}));
    kubelet_->waitForMessage(resource, 2);
    EXPECT_EQ(kubelet_->panicked(), std::nullopt);
}

TEST_F(ADroppedId, DoesNoHarmWhenNobodyHoldsIt) {
    start({.droppedId = DroppedId::Panics});
    connect(*plugin_);
    ASSERT_TRUE(allocate("p", 3).admitted());
    kubelet_->forgetPod("p");
    plugin_->send(deviceList({"b", "c"}));
    kubelet_->waitForMessage(resource, 2);
    EXPECT_EQ(kubelet_->panicked(), std::nullopt);
}

} // namespace hdp::testing
