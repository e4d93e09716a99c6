// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/eventually.hpp"
#include "tests/runtime/chart_pod.hpp"
#include "tests/runtime/host.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include <yaml-cpp/yaml.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string environment(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string{} : value;
}

fs::path source() {
    return environment("HDP_SOURCE_ROOT");
}

/// The image's root filesystem with the daemon in a pod as the chart makes it, beside a kubelet, on
/// a host with one chip.
class ThePodOfTheChartTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        image = std::make_unique<TemporaryDirectory>();
        const auto made = run({"python3", source() / "charts/image/make_root.py",
                               environment("HDP_DAEMON"), image->path() / "root"});
        ASSERT_EQ(made.exitCode, 0) << made.errors;
    }

    static void TearDownTestSuite() { image.reset(); }

    ThePodOfTheChartTest() { chip = host.plug({.address = {0, 1, 0, 0}, .index = 0}); }

    void start() {
        host.node.kubelet.start();
        writeConfig("1", "");
        // A Container does not move, so std::make_unique cannot have it.
        // NOLINTNEXTLINE(modernize-make-unique)
        container.reset(new Container(host.podman.serve("plugin", flags(), image->path() / "root",
                                                        {"/usr/bin/hailo-device-plugin"})));
    }

    /// As a kubelet writes a ConfigMap: a folder for each version, and a link that is replaced.
    void writeConfig(const std::string& version, const std::string& more) const {
        const auto folder = host.node.folder.path() / "config";
        writeFile(folder / version / "config.yaml", config() + more);
        fs::create_symlink(version, folder / "..data_tmp");
        fs::rename(folder / "..data_tmp", folder / "..data");
        if (!fs::is_symlink(folder / "config.yaml")) {
            fs::create_symlink("..data/config.yaml", folder / "config.yaml");
        }
    }

    static bool hasHttp() {
        const auto help = run({environment("HDP_DAEMON"), "--help"}).output;
        return help.find("--http-listen") != std::string::npos;
    }

    [[nodiscard]] std::string config() const {
        auto file = YAML::Load(pod.config());
        if (!hasHttp()) {
            file.remove("http");
        }
        return YAML::Dump(file) + "\n";
    }

    [[nodiscard]] Flags flags() const {
        Flags flags = pod.securityFlags();
        flags.push_back(volume(host.node.folder.path() / "config", pod.configFolder(), true));
        for (const auto& folder : pod.folders()) {
            flags.push_back(volume(counterpart(folder.onHost), folder.inPod, folder.readOnly));
        }
        return flags;
    }

    [[nodiscard]] fs::path counterpart(const fs::path& onHost) const {
        const auto& node = host.node;
        const auto name = onHost.filename();
        auto path = name == "device-plugins"  ? node.kubeletDirectory()
                    : name == "pod-resources" ? node.folder.path() / "pods"
                    : name == "cdi"           ? node.cdiFile().parent_path()
                                              : node.stateDirectory();
        fs::create_directories(path);
        return path;
    }

    static std::string volume(const fs::path& from, const fs::path& to, bool readOnly) {
        return "--volume=" + from.string() + ":" + to.string() + (readOnly ? ":ro" : "");
    }

    [[nodiscard]] bool kubeletSeesTheChip() {
        const bool sees = host.node.kubeletSees({{idOf(chip), "Healthy"}});
        if (!sees) {
            ADD_FAILURE() << container->log();
        }
        return sees;
    }

    static inline std::unique_ptr<TemporaryDirectory> image;
    ChartPod pod{source() / "charts/manifests/hailo-device-plugin.yaml"};
    Host host;
    MockChip chip;
    std::unique_ptr<Container> container;
};

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
    if (!hasHttp()) {
        GTEST_SKIP() << "this build has no HTTP";
    }
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
