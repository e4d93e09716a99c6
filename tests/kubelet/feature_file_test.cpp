// SPDX-License-Identifier: Apache-2.0
// The daemon writes its feature file, and the real source of node-feature-discovery's worker reads
// it.
#include "tests/integration/eventually.hpp"
#include "tests/integration/node.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;

using Labels = std::map<std::string, std::string>;

const MockChip chip{.address = {0, 1, 0, 0}};
const MockChip youngChip{.address = {0, 2, 0, 0},
                         .driverVersion = "5.3.0",
                         .upstream = {{0, 0, 0x1d, 0}},
                         .deviceId = 0x45c4};

class FeatureFileTest : public ::testing::Test {
  protected:
    void start() { node.startDaemon({"--nfd-directory", folder, "--health-interval=1"}); }

    /// What the worker gives the node; a complaint of its own if the master would take a label not.
    [[nodiscard]] Labels labels() const {
        const char* program = std::getenv("HDP_LOCAL_SOURCE"); // NOLINT(concurrency-mt-unsafe)
        const std::string command =
            "cd '" + folder.parent_path().string() + "' && '" + program + "' 2>&1";
        // NOLINTNEXTLINE(cert-env33-c): the shell changes the folder
        const std::unique_ptr<FILE, int (*)(FILE*)> pipe{::popen(command.c_str(), "r"), ::pclose};
        std::string output;
        std::array<char, 4096> part{};
        while (std::fgets(part.data(), part.size(), pipe.get()) != nullptr) {
            output += part.data();
        }
        const auto found = nlohmann::json::parse(output, nullptr, false);
        return found.is_object() ? found.get<Labels>() : Labels{{"complaint", output}};
    }

    [[nodiscard]] bool become(const Labels& wanted) const {
        const bool are = eventually([&] { return labels() == wanted; });
        EXPECT_EQ(labels(), wanted);
        return are;
    }

    Node node;
    fs::path folder = node.folder.path() / "nfd/features.d";
    const Labels ofOne{{"hailo.ai/hailo.present", "true"},
                       {"hailo.ai/hailo.count", "1"},
                       {"hailo.ai/hailo-8.count", "1"},
                       {"hailo.ai/hailo.driver-version", "4.23.0"}};
};

using TheLabelsOfANode = FeatureFileTest;

TEST_F(TheLabelsOfANode, FollowItsChips) {
    fs::create_directories(folder);
    start();
    node.hardware.plug(chip);
    EXPECT_TRUE(become(ofOne));

    node.hardware.plug(youngChip);
    auto ofBoth = ofOne;
    ofBoth["hailo.ai/hailo.count"] = "2";
    ofBoth["hailo.ai/hailo-10h.count"] = "1";
    ofBoth["hailo.ai/hailo1x.driver-version"] = "5.3.0";
    EXPECT_TRUE(become(ofBoth));

    node.hardware.unplug(youngChip);
    EXPECT_TRUE(become(ofOne));
    node.hardware.unplug(chip);
    EXPECT_TRUE(become({}));
    EXPECT_TRUE(fs::is_empty(folder));
}

TEST_F(TheLabelsOfANode, OutliveTheDaemon) {
    node.hardware.plug(chip);
    start();
    ASSERT_TRUE(become(ofOne));

    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0);
    EXPECT_EQ(labels(), ofOne);
}

TEST_F(TheLabelsOfANode, LackWhatTheMasterWouldRefuse) {
    node.hardware.plug(chip);
    node.hardware.setModuleVersion("hailo_pci", "4.23.0+dfsg");
    start();

    auto wanted = ofOne;
    wanted.erase("hailo.ai/hailo.driver-version");
    EXPECT_TRUE(become(wanted));
    EXPECT_TRUE(node.daemon().says("\"4.23.0+dfsg\""));
}

TEST_F(TheLabelsOfANode, AreNotThoseOfATemporaryFile) {
    fs::create_directories(folder);
    std::ofstream{folder / ".hailo-device-plugin.aB3xYz.tmp"} << "hailo.ai/hailo.count=9\n";
    EXPECT_EQ(labels(), Labels{});
}

} // namespace
} // namespace hdp::testing
