// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/cli_test.hpp"
#include "tests/integration/daemon_process.hpp"
#include "tests/integration/node.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <sstream>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

class WatchTest : public CliTest {
  protected:
    /// `list --watch` with these flags, as a process that goes on.
    DaemonProcess watch(const std::vector<std::string>& flags) {
        std::vector<std::string> words{"list", "--watch"};
        words.insert(words.end(), flags.begin(), flags.end());
        const auto rest = places();
        words.insert(words.end(), rest.begin(), rest.end());
        return DaemonProcess{words};
    }
};

using AWatchedList = WatchTest;

TEST_F(AWatchedList, FollowsAPlugAndAnUnplug) {
    auto list = watch({});
    ASSERT_TRUE(list.says("There is no Hailo chip"));

    hardware.plug({});
    EXPECT_TRUE(list.says("/dev/hailo0  hailo 4.23.0"));
    hardware.unplug({});
    EXPECT_TRUE(list.says("unhealthy: removed"));
}

TEST_F(AWatchedList, IsADocumentPerLineInJson) {
    auto list = watch({"--json"});
    ASSERT_TRUE(list.says("\"chips\":[]"));
    hardware.plug({});
    ASSERT_TRUE(list.says("\"node\":\"/dev/hailo0\""));

    std::istringstream lines{list.log()};
    for (std::string line; std::getline(lines, line);) {
        EXPECT_TRUE(nlohmann::json::accept(line)) << line;
    }
}

TEST_F(AWatchedList, EndsWellWhenItIsInterrupted) {
    auto list = watch({});
    ASSERT_TRUE(list.says("There is no Hailo chip"));

    list.signal(SIGINT);

    EXPECT_EQ(list.wait(), 0);
}

TEST(AWatchedListBesideAKubelet, NamesThePodThatGetsAChip) {
    Node node;
    node.hardware.plug({});
    node.kubelet.start();
    node.startDaemon();
    ASSERT_TRUE(node.kubeletSees({{"0000:01:00.0", "Healthy"}}));
    DaemonProcess list{{"list", "--watch", "--config", node.configFile(), "--pod-resources-socket",
                        node.folder.path() / "pods/kubelet.sock"}};
    ASSERT_TRUE(list.says("hailo.ai/device  -"));

    const auto allocation =
        node.kubelet.allocate({.podUid = "yolo", .container = "main", .resource = Node::resource});

    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    EXPECT_TRUE(list.says("yolo/main"));
}

} // namespace
} // namespace hdp::testing
