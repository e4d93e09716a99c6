// SPDX-License-Identifier: Apache-2.0
// What node-feature-discovery is told. That it understands it is for tests/kubelet.
#include "tests/integration/bystanders.hpp"
#include "tests/integration/eventually.hpp"
#include "tests/integration/node.hpp"
#include "tests/support/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <sys/stat.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const MockChip chip{.address = {0, 1, 0, 0}};
constexpr auto chipId = "0000:01:00.0";

class FeatureFileTest : public ::testing::Test {
  protected:
    FeatureFileTest() { node.hardware.plug(chip); }

    void start() {
        node.kubelet.start();
        node.startDaemon({"--nfd-directory", folder, "--health-interval=1"});
    }

    [[nodiscard]] std::string content() const {
        if (!fs::is_regular_file(fs::symlink_status(file))) { // a pipe would be waited for
            return {};
        }
        std::ifstream stream{file};
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    [[nodiscard]] bool comesToSay(const std::string& line) const {
        return eventually([&] { return content().find("\n" + line + "\n") != std::string::npos; });
    }

    Node node;
    fs::path folder = node.folder.path() / "nfd/features.d";
    fs::path file = folder / "hailo-device-plugin";
};

using TheFeatureFile = FeatureFileTest;

TEST_F(TheFeatureFile, IsNotThereUnlessItIsAskedFor) {
    node.kubelet.start();
    node.startDaemon();
    ASSERT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));

    EXPECT_THAT(node.daemon().log(), ::testing::Not(HasSubstr("feature file")));
}

TEST_F(TheFeatureFile, FollowsAChipThatGoesAndComes) {
    start();
    EXPECT_TRUE(comesToSay("hailo.ai/hailo-8.count=1"));

    node.hardware.unplug(chip);
    EXPECT_TRUE(eventually([this] { return !fs::exists(file); }));

    node.hardware.plug(chip);
    EXPECT_TRUE(comesToSay("hailo.ai/hailo-8.count=1"));
}

TEST_F(TheFeatureFile, KeepsAChipThatLosesItsDriver) {
    start();
    ASSERT_TRUE(comesToSay("hailo.ai/hailo.driver-version=4.23.0"));

    node.hardware.unbind(chip);

    ASSERT_TRUE(node.kubeletSees({{chipId, "Unhealthy"}}));
    EXPECT_TRUE(
        eventually([this] { return content().find("driver-version") == std::string::npos; }));
    EXPECT_THAT(content(), HasSubstr("\nhailo.ai/hailo.count=1\n"));
}

TEST_F(TheFeatureFile, StaysWhenTheDaemonEnds) {
    start();
    ASSERT_TRUE(comesToSay("hailo.ai/hailo.count=1"));
    const auto before = content();

    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0);
    EXPECT_EQ(content(), before);
}

TEST_F(TheFeatureFile, ThatSomebodyChangesIsPutRight) {
    start();
    ASSERT_TRUE(comesToSay("hailo.ai/hailo.count=1"));

    writeFile(file, "\nhailo.ai/hailo.count=9\n");

    EXPECT_TRUE(comesToSay("hailo.ai/hailo.count=1"));
}

TEST_F(TheFeatureFile, LeadsNobodyAstrayAndHoldsNobodyUp) {
    Bystanders victims;
    const auto victim = node.folder.path() / "victim";
    victims.add(victim / "shadow");
    fs::create_directories(folder);
    fs::create_symlink(victim / "shadow", file);
    fs::create_symlink(victim / "shadow", folder / ".hailo-device-plugin.aB3xYz.tmp");
    start();
    ASSERT_TRUE(comesToSay("hailo.ai/hailo.count=1"));

    fs::remove(file);
    ASSERT_EQ(::mkfifo(file.c_str(), 0666), 0);

    EXPECT_TRUE(comesToSay("hailo.ai/hailo.count=1"));
    EXPECT_THAT(victims.changed(), IsEmpty());
}

TEST_F(TheFeatureFile, ThatCannotBeWrittenDisturbsNothingAndIsWrittenLater) {
    writeFile(folder, "a file where the folder should be");
    start();

    EXPECT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));
    EXPECT_TRUE(node.daemon().says("hailo-device-plugin is out of date: "));
    EXPECT_TRUE(node.daemon().says("set --nfd-directory"));
    fs::remove(folder);

    EXPECT_TRUE(comesToSay("hailo.ai/hailo.count=1"));
    EXPECT_EQ(node.daemon().count("is out of date"), 1U);
}

} // namespace
} // namespace hdp::testing
