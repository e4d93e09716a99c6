// SPDX-License-Identifier: Apache-2.0
// A long life beside kubelets that die and start at any moment, on hardware that comes and goes.
// HDP_SEED repeats the decisions of a run, HDP_RESTARTS makes it longer.
#include "tests/fake_kubelet/plugin_directory.hpp"
#include "tests/integration/dice.hpp"
#include "tests/integration/eventually.hpp"
#include "tests/integration/hardware_churn.hpp"
#include "tests/integration/node.hpp"
#include "tests/support/process_stats.hpp"
#include "tests/support/remove_all.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::uint32_t numberFrom(const char* variable, std::uint32_t otherwise) {
    const char* text = std::getenv(variable); // NOLINT(concurrency-mt-unsafe)
    return text == nullptr ? otherwise : static_cast<std::uint32_t>(std::stoul(text));
}

class RestartsTest : public ::testing::Test {
  protected:
    RestartsTest() {
        node.kubelet.start();
        node.startDaemon({"--log-level", "debug"});
        settle();
        restingDescriptors = descriptors();
        restingThreads = threads().size();
    }

    void TearDown() override {
        if (HasFailure()) {
            std::cerr << "repeat with HDP_SEED=" << seed << " HDP_RESTARTS=" << restarts
                      << "; it failed in restart " << restart << ", after these steps_:\n";
            for (const auto& step : steps_) {
                std::cerr << "  " << step << "\n";
            }
            std::cerr << node.daemon().log();
        }
    }

    /// One kubelet's end and the next one's start, with one or more that die young between them.
    void restartKubelet() {
        steps_.clear();
        changeHardware();
        EXPECT_EQ(registrationsOfThisLife(), 1U) << "the daemon registered again without need";
        kill();
        while (dice.percent(30)) {
            start();
            waitForATurn();
            kill();
        }
        start();
        changeHardware();
    }

    /// Everything that must be true as soon as nothing happens any more.
    void settle() {
        hardware.mark();
        ASSERT_TRUE(node.kubeletSees(hardware.health()));
        ASSERT_TRUE(eventually([this] { return nodesInCdi() == hardware.nodes(); }));
        ASSERT_TRUE(eventually([this] {
            return node.kubelet.openStreams(Node::resource) == 1 && registrationsOfThisLife() == 1;
        })) << node.kubelet.openStreams(Node::resource)
            << " streams, " << registrationsOfThisLife() << " registrations in this kubelet's life";
        const auto endpoint = node.kubelet.registrations().back().endpoint;
        ASSERT_TRUE(eventually([this, &endpoint] {
            return node.pluginSockets() == std::vector{endpoint} &&
                   connectionsOn(node.kubeletDirectory() / endpoint) == 1 &&
                   connectionsOn(node.kubeletDirectory() / "kubelet.sock") == 0;
        }));
        admitPod();
        ASSERT_EQ(node.kubelet.panicked(), std::nullopt);
    }

    [[nodiscard]] std::map<std::string, std::size_t> descriptors() {
        return descriptorsOf(node.daemon().pid());
    }

    [[nodiscard]] std::vector<ThreadWakeups> threads() { return wakeupsOf(node.daemon().pid()); }

    /// Threads have the name of the one that made them; those of gRPC get names of their own.
    [[nodiscard]] std::ptrdiff_t threadsOfItsOwn() {
        const auto all = threads();
        return std::ranges::count(all, all.front().name, &ThreadWakeups::name);
    }

    const std::uint32_t seed = numberFrom("HDP_SEED", std::random_device{}());
    const std::uint32_t restarts = numberFrom("HDP_RESTARTS", 120);
    std::uint32_t restart = 0;
    Dice dice{seed};
    Node node;
    HardwareChurn hardware{node.hardware, dice};
    std::map<std::string, std::size_t> restingDescriptors;
    std::size_t restingThreads = 0;

  private:
    void kill() {
        steps_.emplace_back("kill");
        node.kubelet.kill();
        changeHardware();
        spoilFolder();
        waitForATurn();
        changeHardware();
    }

    void start() {
        steps_.emplace_back("start");
        registrationsBefore_ = node.kubelet.registrations().size();
        node.kubelet.start();
        boundOnly_.close();
    }

    void changeHardware() {
        while (dice.percent(45)) {
            steps_.push_back(hardware.change());
        }
    }

    /// What happens to the folder while no kubelet lives. Whatever is left there is as a real
    /// kubelet leaves it: its socket stays and refuses.
    void spoilFolder() {
        const auto& folder = node.kubeletDirectory();
        if (dice.percent(30)) {
            std::ofstream{folder / "stray.lock"} << "in the way";
        }
        switch (dice.below(6)) {
        case 0:
            steps_.emplace_back("wipe as up to 1.32");
            return PluginDirectory(folder, WipeRule::UpTo132).prepare();
        case 1:
            steps_.emplace_back("wipe as from 1.33");
            return PluginDirectory(folder, WipeRule::From133).prepare();
        case 2:
            steps_.emplace_back("replace the folder");
            removeAll(folder);
            fs::create_directory(folder);
            return;
        case 3:
            return bindOnly();
        default:
            steps_.emplace_back("leave the stale socket");
        }
    }

    /// A kubelet that has bound and never listens.
    void bindOnly() {
        steps_.emplace_back("bind without listening");
        const auto path = node.kubeletDirectory() / "kubelet.sock";
        fs::remove(path);
        boundOnly_.close();
        boundOnly_.open({});
        boundOnly_.bind(path.string());
    }

    /// Long enough for any step of a registration to be under way, now and then for the retries of
    /// one that failed.
    void waitForATurn() {
        const auto pause = dice.upTo(dice.percent(85) ? 5ms : 300ms);
        steps_.push_back(std::to_string(pause.count()) + " us pass");
        std::this_thread::sleep_for(pause);
    }

    /// A pod holds a chip over the next restart: a kubelet panics when its id is not listed then.
    void admitPod() {
        const auto health = hardware.health();
        if (std::ranges::none_of(health,
                                 [](const auto& chip) { return chip.second == "Healthy"; })) {
            return;
        }
        node.kubelet.forgetPod("pod");
        const auto allocation = node.kubelet.allocate(
            {.podUid = "pod", .container = "main", .resource = Node::resource});
        EXPECT_TRUE(allocation.admitted()) << allocation.error;
    }

    [[nodiscard]] std::size_t registrationsOfThisLife() const {
        return node.kubelet.registrations().size() - registrationsBefore_;
    }

    [[nodiscard]] std::map<std::string, std::string> nodesInCdi() const {
        std::map<std::string, std::string> nodes;
        for (const auto& [id, health] : hardware.health()) {
            if (const auto path = node.cdiNodeOf(id); !path.empty()) {
                nodes[id] = path;
            }
        }
        return nodes;
    }

    std::size_t registrationsBefore_ = 0;
    std::vector<std::string> steps_;
    boost::asio::io_context loop_;
    boost::asio::local::stream_protocol::socket boundOnly_{loop_};
};

using ADaemon = RestartsTest;

TEST_F(ADaemon, OutlivesKubeletsWithoutLosingOrLeakingAnything) {
    for (restart = 1; restart <= restarts; ++restart) {
        restartKubelet();
        ASSERT_NO_FATAL_FAILURE(settle());
    }

    EXPECT_TRUE(eventually([this] { return descriptors() == restingDescriptors; }))
        << ::testing::PrintToString(descriptors()) << " instead of "
        << ::testing::PrintToString(restingDescriptors);
    // A thread of gRPC has our name for a moment before it gets its own.
    EXPECT_TRUE(eventually([this] { return threadsOfItsOwn() == 1; }));
    // The pools of gRPC breathe, but not in step with the restarts.
    EXPECT_LT(threads().size(), restingThreads + 10);
    RecordProperty("seed", std::to_string(seed));
}

} // namespace
} // namespace hdp::testing
