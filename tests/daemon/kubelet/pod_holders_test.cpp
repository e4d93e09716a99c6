// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/pod_holders.hpp"
#include "tests/daemon/kubelet/pod_resources_server.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

namespace hdp::testing {
namespace {

constexpr auto resource = "hailo.ai/device";
constexpr auto id = "0000:01:00.0";

class PodHoldersTest : public ::testing::Test {
  protected:
    /// Asks, and waits for the next answer that is news.
    bool learn() {
        const auto before = changes;
        holders.refresh();
        return runUntil(loop, [this, before] { return changes > before; });
    }

    TemporaryDirectory base;
    std::filesystem::path socket = base.path() / "pods.sock";
    std::unique_ptr<PodResourcesServer> kubelet = std::make_unique<PodResourcesServer>(socket);
    boost::asio::io_context loop;
    int changes = 0;
    PodHolders holders{loop, {socket, {resource}, [this] { ++changes; }}};
};

using ThePodHolders = PodHoldersTest;

TEST_F(ThePodHolders, AreNotKnownBeforeSomebodyAsks) {
    runReady(loop);

    EXPECT_FALSE(holders.holdings());
    EXPECT_EQ(kubelet->calls(), 0U);
}

TEST_F(ThePodHolders, AreThoseOfOurResources) {
    kubelet->hold(resource, id);
    kubelet->hold("vendor.com/gpu", "gpu-0");
    ASSERT_TRUE(learn());

    ASSERT_TRUE(holders.holdings());
    ASSERT_EQ(holders.holdings()->size(), 1U);
    EXPECT_EQ(holders.holdings()->front().id, id);
}

TEST_F(ThePodHolders, AreNobodyWhereTheKubeletSaysSo) {
    ASSERT_TRUE(learn());

    ASSERT_TRUE(holders.holdings());
    EXPECT_TRUE(holders.holdings()->empty());
}

TEST_F(ThePodHolders, AreAskedForOnceHoweverManyWantToKnow) {
    for (int count = 0; count < 100; ++count) {
        holders.refresh();
    }
    ASSERT_TRUE(runUntil(loop, [this] { return changes > 0; }));

    EXPECT_EQ(kubelet->calls(), 1U);
}

TEST_F(ThePodHolders, AreNotKnownAnyMoreWhenTheKubeletIsGone) {
    ASSERT_TRUE(learn());
    kubelet.reset();
    ASSERT_TRUE(learn());

    EXPECT_FALSE(holders.holdings());
}

} // namespace
} // namespace hdp::testing
