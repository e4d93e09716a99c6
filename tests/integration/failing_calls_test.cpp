// SPDX-License-Identifier: Apache-2.0
// Each call of the daemon's life that touches a folder or a socket fails once, with each error that
// a full disk, a broken one, a guard or a lack of descriptors would give.
#include "tests/integration/short_life.hpp"
#include "tests/integration/traced_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::IsEmpty;

constexpr std::size_t lives = 4; ///< lived at a time: they mostly wait

/// What a call can fail with.
std::vector<std::string> errorsOf(const SystemCall& call) {
    static const std::map<std::string, std::vector<std::string>> errors{
        {"openat", {"EMFILE", "EACCES", "EIO"}},
        {"write", {"ENOSPC", "EIO"}},
        {"writev", {"ENOSPC", "EIO"}},
        {"mkdir", {"ENOSPC", "EACCES"}},
        {"mkdirat", {"ENOSPC", "EIO"}},
        {"chmod", {"EACCES"}},
        {"fchmod", {"EIO"}},
        {"flock", {"ENOLCK"}},
        {"rename", {"ENOSPC", "EIO", "EACCES"}},
        {"unlink", {"EACCES", "EIO"}},
        {"unlinkat", {"EACCES"}},
        {"symlink", {"ENOSPC", "EACCES"}},
        {"socket", {"EMFILE", "ENOBUFS"}},
        {"bind", {"EACCES", "ENOSPC"}},
        {"listen", {"EADDRINUSE"}},
        {"connect", {"EACCES", "EAGAIN"}},
        {"getdents64", {"EIO"}},
        {"inotify_add_watch", {"ENOSPC", "EACCES"}},
    };
    const auto found = errors.find(call.name);
    return found == errors.end() ? std::vector<std::string>{} : found->second;
}

class FailingCallsTest : public TracedTest {
  protected:
    /// Every call that means something else, once with each of its errors.
    static std::vector<Fault> faultsIn(const std::vector<SystemCall>& calls) {
        std::vector<Fault> faults;
        std::set<std::string> seen;
        for (const auto& call : calls) {
            if (seen.insert(call.what).second) {
                std::ranges::transform(errorsOf(call), std::back_inserter(faults),
                                       [&call](const std::string& error) {
                                           return Fault{call.name, call.number, "error=" + error};
                                       });
            }
        }
        return faults;
    }

    void failEverywhere(ShortLife::Scene scene) {
        ShortLife first{scene, ShortLife::Way::Kubelet};
        faults_ = faultsIn(first.live());
        ASSERT_GT(faults_.size(), 40U);
        std::vector<std::jthread> threads;
        for (std::size_t lane = 0; lane < lives; ++lane) {
            threads.emplace_back([this, scene, lane] { failInTurns(scene, lane); });
        }
        threads.clear();
        EXPECT_GT(hits_, faults_.size() * 9 / 10) << "of " << faults_.size();
    }

  private:
    void failInTurns(ShortLife::Scene scene, std::size_t lane) {
        ShortLife life{scene, ShortLife::Way::Kubelet, lane};
        while (const auto fault = next()) {
            failAt(life, *fault);
        }
    }

    std::optional<Fault> next() {
        const std::scoped_lock lock(mutex_);
        return next_ < faults_.size() ? std::optional{faults_[next_++]} : std::nullopt;
    }

    void failAt(ShortLife& life, const Fault& fault) {
        const auto calls = life.live(fault);
        const auto faulty = std::ranges::find(calls, true, &SystemCall::isFaulty);
        const auto where = faulty == calls.end() ? "nothing" : faulty->what;
        const auto story = where + " failed with " + fault.outcome + ":\n" + life.log();
        EXPECT_TRUE(life.gotThere() || saysWhy(life)) << story;
        EXPECT_THAT(life.problemsInLife(), IsEmpty()) << story;
        EXPECT_THAT(life.problems(), IsEmpty()) << story;
        EXPECT_THAT(life.problemsAfterRestart(), IsEmpty()) << story;
        const std::scoped_lock lock(mutex_);
        hits_ += static_cast<std::size_t>(faulty != calls.end());
    }

    /// Whether it ended by itself, and with one sentence.
    static bool saysWhy(const ShortLife& life) {
        const auto log = life.log();
        return life.end() && *life.end() < 128 && std::ranges::count(log, '\n') == 1;
    }

    std::mutex mutex_;
    std::vector<Fault> faults_;
    std::size_t next_ = 0;
    std::size_t hits_ = 0;
};

using ADaemonWhoseCallsFailOnce = FailingCallsTest;

TEST_F(ADaemonWhoseCallsFailOnce, GetsOverItOrSaysWhyItEndsOnAFreshNode) {
    failEverywhere(ShortLife::Scene::Fresh);
}

TEST_F(ADaemonWhoseCallsFailOnce, GetsOverItOrSaysWhyItEndsAfterADeath) {
    failEverywhere(ShortLife::Scene::AfterDeath);
}

} // namespace
} // namespace hdp::testing
