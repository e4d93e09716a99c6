// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/allocation_test.hpp"

#include <chrono>
#include <future>

namespace hdp::testing {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

using AContainerStart = AllocationTest;

TEST_F(AContainerStart, BringsTheSameResponseEachTime) {
    start();
    countCalls();
    connect(*plugin_);
    ASSERT_TRUE(allocate("p").admitted());
    kubelet_->startContainer(container("p"));
    EXPECT_EQ(kubelet_->startContainer(container("p")).response.envs().at("CALL"), "1");
    EXPECT_THAT(plugin_->calls(), ElementsAre("options", "list", "allocate"));
}

TEST_F(AContainerStart, IsNotPreparedUnlessThePluginWants) {
    start();
    connect(*plugin_);
    ASSERT_TRUE(allocate("p").admitted());
    EXPECT_TRUE(kubelet_->startContainer(container("p")).admitted());
    EXPECT_THAT(plugin_->calls(), ElementsAre("options", "list", "allocate"));
}

TEST_F(AContainerStart, IsPreparedIfThePluginWants) {
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

TEST_F(AContainerStart, FailsWhenThePreparationTakesTooLong) {
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

TEST_F(AContainerStart, FailsForAContainerThatWasNotAdmitted) {
    start();
    connect(*plugin_);
    EXPECT_EQ(kubelet_->startContainer(container("p")).error,
              "no devices found allocated in local cache for pod \"p\", container \"main\", "
              "resource \"" +
                  resource + "\"");
}

} // namespace hdp::testing
