// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/eventually.hpp"
#include "tests/kubelet/kubelet_node.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstddef>
#include <filesystem>
#include <future>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {
namespace {

const MockChip first{.address = {0, 1, 0, 0}, .index = 0, .numaNode = 0};
const MockChip second{
    .address = {0, 2, 0, 0}, .index = 1, .numaNode = 1, .upstream = {{0, 0, 0x1d, 0}}};

using Ids = std::vector<std::string>;

class LivesTest : public ::testing::Test {
  protected:
    void startWith(const std::vector<MockChip>& chips) {
        for (const auto& chip : chips) {
            node.hardware.plug(chip);
        }
        node.startKubelet({"-numa-nodes=2"});
        node.startDaemon();
        const auto count = static_cast<int>(chips.size());
        ASSERT_TRUE(node.comesToHave({.capacity = count, .allocatable = count}));
    }

    void endKubelet(int signal) {
        node.kubelet().signal(signal);
        ASSERT_EQ(node.kubelet().wait(), 128 + signal);
    }

    void restartKubelet(const std::vector<std::string>& flags = {}) {
        endKubelet(SIGTERM);
        auto all = flags;
        all.emplace_back("-numa-nodes=2");
        node.startKubelet(all);
    }

    void restartDaemon(int signal) {
        node.daemon().signal(signal);
        ASSERT_TRUE(node.daemon().wait());
        node.startDaemon();
    }

    KubeletNode node;
};

using ARestartedKubelet = LivesTest;

TEST_F(ARestartedKubelet, HearsOfTheChipsAgain) {
    startWith({first});

    restartKubelet();

    EXPECT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 1}));
}

TEST_F(ARestartedKubelet, HearsOfTheChipsAgainAfterItWasKilled) {
    startWith({first});
    endKubelet(SIGKILL);

    node.startKubelet();

    EXPECT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 1}));
}

TEST_F(ARestartedKubelet, HearsOfAChipThatWasPulledMeanwhile) {
    startWith({first, second});
    endKubelet(SIGKILL);
    node.hardware.unplug(first);
    ASSERT_TRUE(node.daemon().says("HAILO_REASON=removed"));

    node.startKubelet();

    EXPECT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 1}));
}

TEST_F(ARestartedKubelet, LetsARunningPodKeepItsChip) {
    startWith({first});
    ASSERT_EQ(node.allocate("pod"), "");

    restartKubelet({"-sources-ready=false", "-running=pod/main"});
    EXPECT_EQ(node.allocate("pod"), "") << "a running container is let through in any case";
    ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 1}));
    node.kubelet().ask("sources-ready");

    EXPECT_EQ(node.chipsOf("pod"), Ids{"0000:01:00.0"});
    EXPECT_NE(node.allocate("late"), "");
}

TEST_F(ARestartedKubelet, AdmitsAPodAgainWithWhatItHadBefore) {
    startWith({first, second});
    ASSERT_EQ(node.allocate("pod"), "");
    const auto chips = node.chipsOf("pod");
    const auto options = node.runOptions("pod");

    restartKubelet();
    ASSERT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 2}));
    ASSERT_EQ(node.allocate("pod"), "");

    EXPECT_EQ(node.chipsOf("pod"), chips);
    EXPECT_EQ(node.runOptions("pod").cdiDevices, options.cdiDevices);
    EXPECT_EQ(node.runOptions("pod").mounts, options.mounts);
}

TEST_F(ARestartedKubelet, WorksOutHintsForAPodWhoseChipWasPulled) {
    startWith({first, second});
    ASSERT_EQ(node.allocate("pod", 2), "");
    node.hardware.unplug(first);
    ASSERT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 1}));

    restartKubelet();
    ASSERT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 1}));
    const auto hints = node.kubelet().ask("topology-hints pod main hailo.ai/device 2");

    EXPECT_EQ(hints.error, "");
}

/// The signal that ended the daemon before.
class ARestartedDaemon : public LivesTest, public ::testing::WithParamInterface<int> {};

TEST_P(ARestartedDaemon, LeavesAPodItsChip) {
    startWith({first, second});
    ASSERT_EQ(node.allocate("pod"), "");
    const auto chips = node.chipsOf("pod");

    restartDaemon(GetParam());
    ASSERT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 2}));

    EXPECT_EQ(node.allocate("other"), "");
    EXPECT_EQ(node.chipsOf("pod"), chips);
    EXPECT_NE(node.chipsOf("other"), chips);
    EXPECT_NE(node.allocate("third"), "");
}

// A kubelet panics over a chip that a pod holds and the daemon does not know.
TEST_P(ARestartedDaemon, StillKnowsAChipThatWasPulledWhileAPodHoldsIt) {
    startWith({first, second});
    ASSERT_EQ(node.allocate("pod", 2), "");
    node.daemon().signal(GetParam());
    ASSERT_TRUE(node.daemon().wait());
    node.hardware.unplug(first);

    node.startDaemon();
    EXPECT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 1}));
    const auto hints = node.kubelet().ask("topology-hints pod main hailo.ai/device 2");

    EXPECT_EQ(hints.error, "");
}

INSTANTIATE_TEST_SUITE_P(BySignal, ARestartedDaemon, ::testing::Values(SIGTERM, SIGKILL));

class InFlightTest : public LivesTest {
  protected:
    /// A kubelet that asks for this very chip at once, without asking for preferences before.
    void startWithOneChip() {
        node.hardware.plug(first);
        node.startKubelet({"-numa-nodes=2", "-affinity=0", "-v=4"});
        node.startDaemon();
        ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 1}));
    }

    /// Asks for the chip, and waits until the kubelet has chosen it: from now on no list of chips
    /// makes it refuse by itself.
    std::future<DeviceManager::Answer> allocate() {
        ++asked;
        auto answer = node.kubelet().send("allocate pod main hailo.ai/device 1");
        EXPECT_TRUE(eventually([this] { return requests() >= asked; }));
        return answer;
    }

    [[nodiscard]] std::size_t requests() {
        constexpr std::string_view sentence = "Making allocation request for device plugin";
        const auto log = node.kubelet().log();
        std::size_t found = 0;
        for (auto at = log.find(sentence); at != std::string::npos;
             at = log.find(sentence, at + 1)) {
            ++found;
        }
        return found;
    }

    std::size_t asked = 0;
};

using AnAllocationUnderWay = InFlightTest;

TEST_F(AnAllocationUnderWay, SurvivesThatTheChipIsPulled) {
    startWithOneChip();
    for (int round = 0; round < 10; ++round) {
        node.daemon().signal(SIGSTOP);
        auto allocation = allocate();
        node.hardware.unplug(first);
        node.daemon().signal(SIGCONT);

        ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 0}));
        const auto answer = allocation.get(); // either is right, depending on what came first
        EXPECT_TRUE(answer.error.empty() ||
                    answer.error.find(" is Unhealthy (") != std::string::npos)
            << answer.error;
        node.kubelet().ask("remove-pod pod");
        node.hardware.plug(first);
        ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 1}));
    }
}

// The one daemon has the request when the list of the other says that the chip is gone.
TEST_F(AnAllocationUnderWay, SurvivesAListThatSaysTheChipIsGone) {
    startWithOneChip();
    node.daemon().signal(SIGSTOP);
    auto allocation = allocate();
    DaemonProcess other(node.daemonArguments());
    ASSERT_TRUE(other.says("registered"));
    node.hardware.unplug(first);
    ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 0}));

    node.daemon().signal(SIGCONT);

    ASSERT_EQ(allocation.wait_for(DeviceManager::patience), std::future_status::ready);
    const auto answer = allocation.get();
    EXPECT_TRUE(answer.error.empty() || answer.error.find(" is Unhealthy (") != std::string::npos)
        << answer.error;
    EXPECT_EQ(node.count(), (NodeCount{.capacity = 1, .allocatable = 0}));
}

} // namespace
} // namespace hdp::testing
