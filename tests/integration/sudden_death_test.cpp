// SPDX-License-Identifier: Apache-2.0
// The daemon is killed before each call of its life that touches a folder or a socket.
#include "tests/integration/short_life.hpp"
#include "tests/integration/traced_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

using Steps = std::set<std::string>;

constexpr std::array shifts{1, -1, 2, -2, 3, -3, 4, -4, 5, 6, 0, 1, -1, 2, -2, 3, 8, 12};

class SuddenDeathTest : public TracedTest {
  protected:
    /// One death before each call of a life without fault; the steps before which it was killed.
    static Steps dieEverywhere(ShortLife& life,
                               const std::function<bool(const SystemCall&)>& counts) {
        auto calls = life.live();
        std::erase_if(calls, std::not_fn(counts));
        EXPECT_TRUE(life.gotThere()) << life.log();
        EXPECT_EQ(life.end(), 0) << life.log();
        EXPECT_THAT(life.problemsInLife(), IsEmpty());
        Steps missed;
        for (const auto& call : calls) {
            missed.insert(call.what);
        }
        const auto wanted = missed;
        for (const auto& call : calls) {
            missed.erase(dieBefore(life, call));
        }
        // Lines of the log and gRPC's threads shift the numbers of calls a little from life to
        // life.
        for (const int shift : shifts) {
            for (auto call : calls) {
                call.number += shift;
                if (missed.contains(call.what) && call.number > 0) {
                    missed.erase(dieBefore(life, call));
                }
            }
        }
        EXPECT_THAT(missed, IsEmpty());
        return wanted;
    }

    /// The step before which the daemon really died.
    static std::string dieBefore(ShortLife& life, const SystemCall& call) {
        const auto calls = life.live(Fault{call.name, call.number, "signal=KILL"});
        const bool isThere = !calls.empty() && calls.back().isFaulty;
        const auto step = isThere ? calls.back().what : "a call on something else";
        EXPECT_THAT(life.problems(), IsEmpty()) << "after it died before " << step;
        EXPECT_THAT(life.problemsAfterRestart(), IsEmpty()) << "after it died before " << step;
        return step;
    }
};

using ADaemonThatIsKilledBeforeAnyCall = SuddenDeathTest;

TEST_F(ADaemonThatIsKilledBeforeAnyCall, LeavesAFreshNodeThatTheNextOneCanUse) {
    ShortLife life{ShortLife::Scene::Fresh, ShortLife::Way::Kubelet};

    const auto steps = dieEverywhere(life, &SystemCall::changes);

    for (const auto* step :
         {"mkdir cdi", "write cdi/.hailo.ai-device.json.*.tmp",
          "rename cdi/.hailo.ai-device.json.*.tmp cdi/hailo.ai-device.json",
          "bind kubelet/hailo.ai_device-*.sock", "listen a socket",
          "rename state/views/.making.* state/views/hailo_chardev-e133a32ad6c508de",
          "unlink kubelet/hailo.ai_device-*.sock"}) {
        EXPECT_THAT(steps, Contains(step));
    }
}

TEST_F(ADaemonThatIsKilledBeforeAnyCall, LeavesOldOrNewAndSweepsUpAfterItsPredecessors) {
    ShortLife life{ShortLife::Scene::AfterDeath, ShortLife::Way::Kubelet};

    dieEverywhere(life, &SystemCall::changes);
}

TEST_F(ADaemonThatIsKilledBeforeAnyCall, LeavesThePluginWatchersFolderInOrder) {
    ShortLife life{ShortLife::Scene::AfterDeath, ShortLife::Way::Watcher};

    const auto steps = dieEverywhere(life, [](const SystemCall& call) {
        return call.changes && call.what.find("registry/") != std::string::npos;
    });

    EXPECT_THAT(steps, Contains("bind registry/hailo.ai_device-*.sock"));
}

} // namespace
} // namespace hdp::testing
