// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/node.hpp"
#include "tests/support/fixture.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;

const MockChip chip{.address = {0, 1, 0, 0}};
constexpr auto id = "0000:01:00.0";

class ReloadTest : public ::testing::Test {
  protected:
    void startWith(std::string_view text) {
        node.hardware.plug(chip);
        node.kubelet.start();
        write(text);
        node.startDaemon();
        ASSERT_TRUE(node.kubeletSees({{id, "Healthy"}}));
        ASSERT_TRUE(node.daemon().says("registered"));
    }

    void write(std::string_view text) const { writeFile(node.configFile(), text); }

    /// As the kubelet writes a new version of a ConfigMap: a folder, and a link that is renamed.
    void publish(const std::string& version, std::string_view text) const {
        const auto folder = node.configFile().parent_path();
        writeFile(folder / version / "config.yaml", text);
        fs::create_directory_symlink(version, folder / "..data_tmp");
        fs::rename(folder / "..data_tmp", folder / "..data");
    }

    Node node;
};

using ADaemonWhoseFileChanges = ReloadTest;

TEST_F(ADaemonWhoseFileChanges, AppliesItWithoutARestart) {
    startWith("log: {level: info}\n");

    write("log: {level: debug}\nhealth: {interval: 1}\n");

    EXPECT_TRUE(node.daemon().says("HAILO_CONFIG=health.interval,log.level"))
        << node.daemon().log();
    EXPECT_EQ(node.daemon().count("HAILO_EVENT=config-applied"), 1U);
    EXPECT_EQ(node.daemon().count("registered hailo.ai/device with"), 1U);
}

TEST_F(ADaemonWhoseFileChanges, TicksByTheNewInterval) {
    startWith("health: {interval: 0}\n");
    // No uevent tells of it.
    fs::remove(node.hardware.root() / "dev" / chip.nodeName());

    write("health: {interval: 1}\n");

    EXPECT_TRUE(node.kubeletSees({{id, "Unhealthy"}}));
}

TEST_F(ADaemonWhoseFileChanges, HoldsNothingAgainstAChipOnceItIsNotToAskAnyMore) {
    startWith("health: {interval: 1}\n");
    node.hardware.setAttribute(chip.pciPath(), "config", "\xff\xff\xff\xff");
    ASSERT_TRUE(node.kubeletSees({{id, "Unhealthy"}}));

    write("health: {interval: 0}\n");

    EXPECT_TRUE(node.kubeletSees({{id, "Healthy"}}));
}

TEST_F(ADaemonWhoseFileChanges, FollowsAConfigMap) {
    fs::create_directories(node.configFile().parent_path());
    publish("..2026_01", "");
    fs::create_symlink("..data/config.yaml", node.configFile());
    node.startDaemon();
    ASSERT_TRUE(node.daemon().says("listening to uevents"));

    publish("..2026_02", "kubelet: {tombstone-grace: 5}\n");

    EXPECT_TRUE(node.daemon().says("kubelet.tombstone-grace is \"5\" instead of \"300\""))
        << node.daemon().log();
}

TEST_F(ADaemonWhoseFileChanges, ReadsItOnAHangup) {
    startWith("");

    node.daemon().signal(SIGHUP);

    EXPECT_TRUE(node.daemon().says("HAILO_EVENT=config-unchanged")) << node.daemon().log();
}

TEST_F(ADaemonWhoseFileChanges, RefusesABadOneAndKeepsWorking) {
    startWith("");

    write("log: {level: loud}\n");

    EXPECT_TRUE(node.daemon().says("config.yaml:1: log.level: \"loud\" is none of"));
    EXPECT_TRUE(node.daemon().says("HAILO_EVENT=config-refused"));
    node.hardware.unplug(chip);
    EXPECT_TRUE(node.kubeletSees({{id, "Unhealthy"}}));
}

TEST_F(ADaemonWhoseFileChanges, OffersAnotherResourceInTheSameProcess) {
    startWith("");

    write("resources: [{name: hailo.ai/h8}]\n");

    EXPECT_TRUE(node.daemon().says("HAILO_EVENT=config-renewal"));
    EXPECT_TRUE(node.kubeletSees({{id, "Healthy"}}, "hailo.ai/h8"));
    EXPECT_EQ(node.pluginSockets().size(), 1U);
    node.hardware.unplug(chip);
    EXPECT_TRUE(node.kubeletSees({{id, "Unhealthy"}}, "hailo.ai/h8"));
}

TEST_F(ADaemonWhoseFileChanges, ChangesItsResourceBackAndForth) {
    startWith("");

    for (std::size_t round = 1; round <= 5; ++round) {
        write("resources: [{name: hailo.ai/h8}]\n");
        node.kubelet.waitForRegistration("hailo.ai/h8", round);
        write("resources: [{name: hailo.ai/device}]\n");
        node.kubelet.waitForRegistration(Node::resource, round + 1);
    }
    EXPECT_TRUE(node.kubeletSees({{id, "Healthy"}}));

    node.daemon().signal(SIGTERM);
    EXPECT_EQ(node.daemon().wait(), 0) << node.daemon().log();
    EXPECT_TRUE(node.pluginSockets().empty());
}

TEST_F(ADaemonWhoseFileChanges, KeepsAnIdThatAPodHolds) {
    startWith("");
    const auto allocation =
        node.kubelet.allocate({.podUid = "pod", .container = "main", .resource = Node::resource});
    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    node.hardware.unplug(chip);
    ASSERT_TRUE(node.kubeletSees({{id, "Unhealthy"}}));

    write("handover: [device-specs]\n");

    node.kubelet.waitForRegistration(Node::resource, 2);
    EXPECT_TRUE(node.kubeletSees({{id, "Unhealthy"}})) << node.daemon().log();
}

TEST_F(ADaemonWhoseFileChanges, EndsWhenItIsToldToWhileItBeginsAnew) {
    startWith("");

    write("resources: [{name: hailo.ai/h8}]\n");
    ASSERT_TRUE(node.daemon().says("HAILO_EVENT=config-renewal"));
    node.daemon().signal(SIGTERM);

    const auto code = node.daemon().wait();
    EXPECT_TRUE(code == 0 || code == 128 + SIGTERM) << code.value_or(-1) << node.daemon().log();
}

} // namespace
} // namespace hdp::testing
