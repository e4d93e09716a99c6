// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/tombstones.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/daemon/kubelet/pod_resources_server.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto resource = "hailo.ai/device";
constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

class TombstonesTest : public ::testing::Test {
  protected:
    TombstonesTest() { registry.subscribe(tombstones); }

    /// Makes the hardware so, and looks at it.
    void plug(const std::vector<hotplug::Device>& devices) {
        hardware.devices = devices;
        registry.look();
    }

    bool seed() {
        bool isDone = false;
        tombstones.seed([&isDone] { isDone = true; });
        return runUntil(loop, [&isDone] { return isDone; });
    }

    /// Reviews, and waits for the kubelet's answer.
    bool review() {
        tombstones.review();
        return tombstones.isAsking() && runUntil(loop, [this] { return !tombstones.isAsking(); });
    }

    [[nodiscard]] std::vector<std::string> listed() const {
        std::vector<std::string> ids;
        for (const auto& status : registry.current()->devices) {
            ids.push_back(status.id + (isTombstone(status) ? " gone" : ""));
        }
        return ids;
    }

    CapturedLog log;
    TemporaryDirectory base;
    std::filesystem::path socket = base.path() / "pods.sock";
    std::unique_ptr<PodResourcesServer> kubelet = std::make_unique<PodResourcesServer>(socket);
    Tombstones::Clock::time_point now{};
    boost::asio::io_context loop;
    hotplug::Scan hardware;
    DeviceRegistry registry{loop, [this] { return hardware; }, {{.resource = "hailo.ai/device"}}};
    Tombstones tombstones{loop,
                          registry,
                          {.checkpoint = base.path() / "checkpoint",
                           .socket = socket,
                           .resources = {resource},
                           .grace = 300s,
                           .now = [this] { return now; }}};
};

using TheTombstones = TombstonesTest;

TEST_F(TheTombstones, AreSetAtTheStartForWhatPodsHold) {
    plug({chip(secondId)});
    kubelet->hold(resource, firstId);

    ASSERT_TRUE(seed());

    EXPECT_THAT(listed(), ElementsAre("0000:01:00.0 gone", "0000:02:00.0"));
}

TEST_F(TheTombstones, AreSetAtTheStartForWhatTheCheckpointSaysWhenNobodyCanBeAsked) {
    kubelet.reset();
    writeFile(base.path() / "checkpoint",
              R"({"Data":{"PodDeviceEntries":[{"ResourceName":"hailo.ai/device",)"
              R"("DeviceIDs":{"-1":["0000:01:00.0"]}}]}})");
    plug({});

    ASSERT_TRUE(seed());

    EXPECT_THAT(listed(), ElementsAre("0000:01:00.0 gone"));
}

TEST_F(TheTombstones, AreNotSetForResourcesOfOthers) {
    plug({});
    kubelet->hold("a.ai/gpu", firstId);

    ASSERT_TRUE(seed());

    EXPECT_THAT(listed(), IsEmpty());
}

TEST_F(TheTombstones, GoWhenTheGraceIsOverAndNobodyHoldsTheChip) {
    plug({chip(firstId)});
    ASSERT_TRUE(seed());
    plug({});
    now += 300s;

    ASSERT_TRUE(review());

    EXPECT_THAT(listed(), IsEmpty());
    EXPECT_THAT(log.text(), HasSubstr("chip 0000:01:00.0 is off the list"));
}

TEST_F(TheTombstones, StayAsLongAsAPodHoldsTheChip) {
    plug({chip(firstId)});
    kubelet->hold(resource, firstId);
    ASSERT_TRUE(seed());
    plug({});
    now += 300s;
    ASSERT_TRUE(review());
    EXPECT_THAT(listed(), ElementsAre("0000:01:00.0 gone"));

    kubelet->release();
    ASSERT_TRUE(review());

    EXPECT_THAT(listed(), IsEmpty());
}

TEST_F(TheTombstones, StayWithinTheGraceWithoutAQuestion) {
    plug({chip(firstId)});
    ASSERT_TRUE(seed());
    plug({});
    now += 299s;

    tombstones.review();

    EXPECT_FALSE(tombstones.isAsking());
    EXPECT_THAT(listed(), ElementsAre("0000:01:00.0 gone"));
}

TEST_F(TheTombstones, AgeAnewWhenTheChipWasThereInBetween) {
    plug({chip(firstId)});
    ASSERT_TRUE(seed());
    plug({});
    now += 200s;
    plug({chip(firstId)});
    plug({});
    now += 200s;

    tombstones.review();

    EXPECT_FALSE(tombstones.isAsking());
}

TEST_F(TheTombstones, StayWhenTheKubeletDoesNotTell) {
    plug({chip(firstId)});
    ASSERT_TRUE(seed());
    plug({});
    now += 300s;
    kubelet->refuse("too many requests");

    ASSERT_TRUE(review());

    EXPECT_THAT(listed(), ElementsAre("0000:01:00.0 gone"));
    EXPECT_THAT(log.text(), HasSubstr("too many requests"));
}

TEST_F(TheTombstones, StayWhenThereIsNobodyToAsk) {
    kubelet.reset();
    plug({chip(firstId)});
    ASSERT_TRUE(seed());
    plug({});
    now += 3000s;
    tombstones.review();

    EXPECT_FALSE(tombstones.isAsking());
    EXPECT_THAT(listed(), ElementsAre("0000:01:00.0 gone"));
}

TEST_F(TheTombstones, AreSetByTheFirstAnswerWhenItComesLate) {
    kubelet.reset();
    plug({});
    ASSERT_TRUE(seed());
    kubelet = std::make_unique<PodResourcesServer>(socket);
    kubelet->hold(resource, firstId);

    ASSERT_TRUE(review());

    EXPECT_THAT(listed(), ElementsAre("0000:01:00.0 gone"));
}

TEST_F(TheTombstones, AskOnceForAllWhoWaitForTheStart) {
    plug({});
    int done = 0;
    tombstones.seed([&done] { ++done; });
    tombstones.seed([&done] { ++done; });

    ASSERT_TRUE(runUntil(loop, [&done] { return done == 2; }));

    EXPECT_EQ(kubelet->calls(), 1U);
    ASSERT_TRUE(seed());
    EXPECT_EQ(kubelet->calls(), 1U) << "what is known is not asked again";
}

TEST_F(TheTombstones, DoNotHoldUpTheStartForAKubeletThatHangs) {
    plug({});
    kubelet->hang();

    EXPECT_TRUE(seed());

    EXPECT_THAT(log.text(), HasSubstr("does not tell who holds which chip"));
}

TEST_F(TheTombstones, CallNobodyBackAfterTheStop) {
    plug({});
    kubelet->hang();
    bool isDone = false;
    tombstones.seed([&isDone] { isDone = true; });
    tombstones.stop();
    loop.run();

    EXPECT_FALSE(isDone);
}

} // namespace
} // namespace hdp::testing
