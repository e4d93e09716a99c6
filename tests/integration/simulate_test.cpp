// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/bare_node.hpp"
#include "tests/support/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsSupersetOf;
using ::testing::Pair;

constexpr uid_t nobody = 65534;

class SimulationTest : public ::testing::Test {
  protected:
    void write(const std::string& simulate) const {
        writeFile(node.configFile(),
                  "simulate: {enabled: true, node-name: n1, " + simulate + "}\n");
    }

    void start(const std::string& simulate, const std::vector<std::string>& flags = {}) {
        node.kubelet.start();
        write(simulate);
        node.startDaemon(flags);
    }

    Allocation allocate(std::size_t count, const std::string& resource = BareNode::resource) {
        return node.kubelet.allocate(
            {.podUid = "pod", .container = "main", .resource = resource, .count = count});
    }

    BareNode node;
};

using ASimulation = SimulationTest;

TEST_F(ASimulation, OffersDevicesNamedByPrefixNodeAndIndex) {
    start("count: 3, id-prefix: npu");

    EXPECT_TRUE(node.kubeletSees(
        {{"npu-n1-0", "Healthy"}, {"npu-n1-1", "Healthy"}, {"npu-n1-2", "Healthy"}}));
    EXPECT_EQ(node.daemon().count("SIMULATION: 3 devices called npu-n1-0 and so on"), 1U);
    EXPECT_EQ(node.daemon().count("listening to uevents"), 0U);
}

TEST_F(ASimulation, IsOffByDefault) {
    node.kubelet.start();
    node.startDaemon({"--sys-root", node.folder.path() / "sys"});

    EXPECT_TRUE(node.kubeletSees({}));
    EXPECT_EQ(node.daemon().count("SIMULATION"), 0U);
}

TEST_F(ASimulation, OffersItsResourceThroughASocketOfItsName) {
    start("count: 1", {"--resource", "example.com/npu", "--socket-name", "try-out"});

    EXPECT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}}, "example.com/npu"));
    ASSERT_EQ(node.pluginSockets().size(), 1U);
    EXPECT_TRUE(node.pluginSockets().front().starts_with("try-out-"));
}

TEST_F(ASimulation, HandsOverWhatItsPrefixesSay) {
    start("count: 2, annotation-prefix: example.com/sim, env-prefix: SIM, device-file-prefix: sim");
    ASSERT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}, {"simulated-n1-1", "Healthy"}}));

    const auto allocation = allocate(2);

    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    const auto& response = allocation.response;
    EXPECT_THAT(response.envs(), IsSupersetOf({Pair("SIM_0", "/dev/0"), Pair("SIM_1", "/dev/1"),
                                               Pair("HAILO_SIMULATED", "1")}));
    EXPECT_THAT(response.annotations(),
                IsSupersetOf({Pair("example.com/sim-0", "simulated-n1-0")}));
    ASSERT_EQ(response.devices_size(), 2);
    EXPECT_EQ(response.devices(0).host_path(), "/dev/sim-0");
    EXPECT_EQ(response.devices(0).container_path(), "/dev/sim-0");
    ASSERT_EQ(response.cdi_devices_size(), 2);
    EXPECT_EQ(response.cdi_devices(1).name(), "hailo.ai/device=simulated-n1-1");
    EXPECT_EQ(node.cdiNodeOf("simulated-n1-1"), "/dev/sim-1");
}

TEST_F(ASimulation, HasNumaNodes) {
    start("count: 2, numa-nodes: [1, 0]");
    ASSERT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}, {"simulated-n1-1", "Healthy"}}));

    const auto list = node.kubelet.deviceList(BareNode::resource);

    EXPECT_EQ(list.devices(0).topology().nodes(0).id(), 1);
    EXPECT_EQ(list.devices(1).topology().nodes(0).id(), 0);
}

TEST_F(ASimulation, PlaysItsScript) {
    start("count: 2, script: [{after: 1, device: 0, becomes: unhealthy}, "
          "{after: 2, device: 1, becomes: gone}, {after: 3, device: 0, becomes: healthy}, "
          "{after: 3, device: 1, becomes: healthy}]");

    EXPECT_TRUE(node.daemon().says("simulated-n1-0 is Unhealthy: the simulation wants"));
    EXPECT_TRUE(node.daemon().says("simulated-n1-1 is Unhealthy: the simulated device"));
    EXPECT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}, {"simulated-n1-1", "Healthy"}}));
}

TEST_F(ASimulation, ChangesItsCountBothWaysWithoutARestart) {
    start("count: 1");
    ASSERT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}}));

    write("count: 3");
    EXPECT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"},
                                  {"simulated-n1-1", "Healthy"},
                                  {"simulated-n1-2", "Healthy"}}));
    write("count: 0");
    EXPECT_TRUE(node.kubeletSees({{"simulated-n1-0", "Unhealthy"},
                                  {"simulated-n1-1", "Unhealthy"},
                                  {"simulated-n1-2", "Unhealthy"}}));
    write("count: 1");
    EXPECT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"},
                                  {"simulated-n1-1", "Unhealthy"},
                                  {"simulated-n1-2", "Unhealthy"}}));
    EXPECT_TRUE(node.daemon().says("registered hailo.ai/device with"));
    EXPECT_EQ(node.daemon().count("registered hailo.ai/device with"), 1U);
}

TEST_F(ASimulation, ChangesHealthByItsFile) {
    start("count: 1");
    ASSERT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}}));

    write("count: 1, script: [{device: 0, becomes: unhealthy}]");
    EXPECT_TRUE(node.kubeletSees({{"simulated-n1-0", "Unhealthy"}}));
    write("count: 1, script: []");
    EXPECT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}}));
}

TEST_F(ASimulation, KeepsAnIdThatAPodHoldsOverRestartsAndItsOwnEnd) {
    start("count: 2");
    ASSERT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}, {"simulated-n1-1", "Healthy"}}));
    ASSERT_TRUE(allocate(2).admitted());

    write("count: 1");
    node.daemon().signal(SIGTERM);
    ASSERT_EQ(node.daemon().wait(), 0);
    node.startDaemon();
    EXPECT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}, {"simulated-n1-1", "Unhealthy"}}));

    writeFile(node.configFile(), "hardware: {sys-root: " + node.folder.path().string() + "}\n");
    EXPECT_TRUE(
        node.kubeletSees({{"simulated-n1-0", "Unhealthy"}, {"simulated-n1-1", "Unhealthy"}}));
    EXPECT_EQ(node.kubelet.panicked(), std::nullopt);
}

TEST_F(ASimulation, NeedsNoRoot) {
    if (::geteuid() == 0) {
        fs::permissions(node.folder.path(), fs::perms::all);
    }
    node.kubelet.start();
    fs::permissions(node.kubeletDirectory(), fs::perms::all);
    fs::permissions(node.kubeletDirectory() / "kubelet.sock", fs::perms::all);
    write("count: 1, env-prefix: SIM");
    node.startDaemon({}, nobody);

    ASSERT_TRUE(node.kubeletSees({{"simulated-n1-0", "Healthy"}}));
    const auto allocation = allocate(1);

    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    EXPECT_EQ(allocation.response.envs().at("SIM_0"), "/dev/0");

    struct stat socket {};

    ASSERT_EQ(::stat((node.kubeletDirectory() / node.pluginSockets().at(0)).c_str(), &socket), 0);
    EXPECT_EQ(socket.st_uid, ::geteuid() == 0 ? nobody : ::geteuid());
}

} // namespace
} // namespace hdp::testing
