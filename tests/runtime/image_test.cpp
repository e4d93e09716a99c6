// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/image_test.hpp"

#include "tests/integration/eventually.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

using ThePodOfTheChart = ThePodOfTheChartTest;

TEST_F(ThePodOfTheChart, GivesAContainerItsChip) {
    start();

    ASSERT_TRUE(kubeletSeesTheChip());
    EXPECT_EQ(found(host.podman.scan(cdiDevices({idOf(chip)}))), reached({chip}));
}

TEST_F(ThePodOfTheChart, HasNoPrivilege) {
    start();
    ASSERT_TRUE(kubeletSeesTheChip());

    std::ifstream file{"/proc/" + container->processId() + "/status"};
    const std::string status{std::istreambuf_iterator<char>{file}, {}};
    for (const std::string set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
        EXPECT_THAT(status, HasSubstr(set + ":\t0000000000000000\n"));
    }
    EXPECT_THAT(status, HasSubstr("NoNewPrivs:\t1\n"));
    EXPECT_THAT(status, HasSubstr("Seccomp:\t2\n"));
    EXPECT_THAT(status, HasSubstr("Uid:\t0\t0\t0\t0\n"));
}

TEST_F(ThePodOfTheChart, AnswersItsProbes) {
    start();
    ASSERT_TRUE(kubeletSeesTheChip());

    const std::string ask = "import sys, urllib.request as r; r.urlopen(sys.argv[1], timeout=5)";
    for (const auto& url : pod.probes()) {
        const auto answer = run(
            {"nsenter", "--target", container->processId(), "--net", "python3", "-c", ask, url});
        EXPECT_EQ(answer.exitCode, 0) << url << "\n" << answer.errors;
    }
    EXPECT_EQ(pod.probes().size(), 3U);
}

TEST_F(ThePodOfTheChart, OffersSimulatedChips) {
    pod = ChartPod{source() / "charts/manifests/simulation.yaml"};
    start();

    EXPECT_TRUE(
        host.node.kubeletSees({{"simulated-node1-0", "Healthy"}, {"simulated-node1-1", "Healthy"}}))
        << container->log();
}

/// What nfd.featureFile of the chart adds.
TEST_F(ThePodOfTheChart, WritesAFeatureFileIfItHasTheFolder) {
    const fs::path features = "/etc/kubernetes/node-feature-discovery/features.d";
    const auto onHost = host.node.folder.path() / "features.d";
    fs::create_directories(onHost);
    moreFlags = {volume(onHost, features, false)};
    start("nfd: {directory: " + features.string() + "}\n");

    ASSERT_TRUE(kubeletSeesTheChip());
    EXPECT_TRUE(eventually([&] { return fs::exists(onHost / "hailo-device-plugin"); }))
        << container->log();
}

TEST_F(ThePodOfTheChart, RegistersAgainWithARestartedKubelet) {
    start();
    ASSERT_TRUE(kubeletSeesTheChip());

    host.node.kubelet.restart();

    host.node.kubelet.waitForRegistration(BareNode::resource, 2);
    EXPECT_TRUE(kubeletSeesTheChip());
}

TEST_F(ThePodOfTheChart, FollowsItsConfigMap) {
    start();
    ASSERT_TRUE(kubeletSeesTheChip());

    writeConfig("2", "log: {level: debug}\n");

    EXPECT_TRUE(eventually([this] {
        return container->log().find("config-applied") != std::string::npos;
    })) << container->log();
}

TEST_F(ThePodOfTheChart, EndsInOrderAndLeavesTheCdiFile) {
    start();
    ASSERT_TRUE(kubeletSeesTheChip());
    ASSERT_FALSE(host.node.pluginSockets().empty());

    EXPECT_EQ(container->stop(), "0");

    EXPECT_TRUE(host.node.pluginSockets().empty());
    EXPECT_TRUE(host.node.cdiSpec().has_value());
}

/// Rows of /proc/net/netlink: address, protocol, port, groups, …
bool listensToTheKernelsUevents(const std::string& process) {
    constexpr int kobjectUevents = 15;
    std::ifstream file{"/proc/" + process + "/net/netlink"};
    for (std::string line; std::getline(file, line);) {
        std::istringstream words{line};
        std::string address;
        int protocol = 0;
        std::string port;
        std::string groups;
        words >> address >> protocol >> port >> groups;
        if (protocol == kobjectUevents && groups == "00000001") {
            return true;
        }
    }
    return false;
}

std::string somePciDevice() {
    return run({"sh", "-c", "ls /run/kernel/bus/pci/devices 2>/dev/null | head -n 1"}).output;
}

/// The daemon listens to the kernel, whom this machine has no way to make speak of a chip; so
/// another listener shows that the kernel's events arrive where the daemon listens.
TEST_F(ThePodOfTheChart, IsWhereTheKernelsUeventsArrive) {
    ASSERT_EQ(run({"sh", "-c", "mkdir -p /run/kernel && mount -t sysfs none /run/kernel"}).exitCode,
              0);
    const auto device = somePciDevice();
    if (device.empty()) {
        GTEST_SKIP() << "this machine has no PCI device";
    }
    start();
    ASSERT_TRUE(kubeletSeesTheChip());
    const auto process = container->processId();
    EXPECT_TRUE(listensToTheKernelsUevents(process));
    EXPECT_NE(fs::read_symlink("/proc/" + process + "/ns/net"),
              fs::read_symlink("/proc/self/ns/net"));

    const Command listener{{"nsenter", "--target", process, "--net", "setpriv",
                            "--bounding-set=-all", "udevadm", "monitor", "--kernel",
                            "--subsystem-match=pci"}};
    ASSERT_TRUE(eventually([&] { return listener.output().find("KERNEL") != std::string::npos; }));
    run({"sh", "-c",
         "echo change > /run/kernel/bus/pci/devices/" + device.substr(0, device.find('\n')) +
             "/uevent"});

    EXPECT_TRUE(eventually([&] { return listener.output().find("change") != std::string::npos; }))
        << listener.output();
}

} // namespace
} // namespace hdp::testing
