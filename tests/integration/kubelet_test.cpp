// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/node.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>

namespace hdp::testing {
namespace {

const MockChip chip{.address = {0, 1, 0, 0}, .index = 0};
constexpr auto chipId = "0000:01:00.0";
const DeviceHealth healthy{{chipId, "Healthy"}};

class KubeletTest : public ::testing::Test {
  protected:
    KubeletTest() { node.hardware.plug(chip); }

    void startRegistered() {
        node.kubelet.start();
        node.startDaemon();
        node.kubelet.waitForRegistration(Node::resource);
        ASSERT_TRUE(node.kubeletSees(healthy));
    }

    [[nodiscard]] std::size_t registrations() const { return node.kubelet.registrations().size(); }

    Node node;
};

using ADaemonBesideAKubelet = KubeletTest;

TEST_F(ADaemonBesideAKubelet, RegistersOnceWithTheOptionsThatItAnswers) {
    startRegistered();

    const auto registration = node.kubelet.waitForRegistration(Node::resource);

    EXPECT_EQ(registrations(), 1U);
    EXPECT_EQ(registration.version, "v1beta1");
    EXPECT_TRUE(registration.options.get_preferred_allocation_available());
    EXPECT_FALSE(registration.options.pre_start_required());
    EXPECT_TRUE(std::filesystem::is_socket(node.kubeletDirectory() / registration.endpoint));
}

TEST_F(ADaemonBesideAKubelet, WaitsForAKubeletThatIsNotThereYet) {
    std::filesystem::create_directories(node.kubeletDirectory());
    node.startDaemon();
    ASSERT_TRUE(node.daemon().says("no kubelet yet"));

    node.kubelet.start();

    node.kubelet.waitForRegistration(Node::resource);
    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(ADaemonBesideAKubelet, WaitsForAPluginFolderThatDoesNotExistYet) {
    node.startDaemon();
    ASSERT_TRUE(node.daemon().says("no kubelet yet"));

    node.kubelet.start();

    node.kubelet.waitForRegistration(Node::resource);
    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(ADaemonBesideAKubelet, WritesTheCdiFileWithoutAnyKubelet) {
    node.startDaemon();

    EXPECT_TRUE(node.daemon().says("wrote the CDI file"));
    EXPECT_EQ(node.cdiNodeOf(chipId), "/dev/hailo0");
}

TEST_F(ADaemonBesideAKubelet, RegistersAgainWithAKubeletThatWipedTheFolder) {
    startRegistered();

    for (std::size_t restart = 2; restart <= 4; ++restart) {
        node.kubelet.restart();
        node.kubelet.waitForRegistration(Node::resource, restart);
        EXPECT_TRUE(node.kubeletSees(healthy));
    }

    EXPECT_EQ(node.pluginSockets().size(), 1U);
    EXPECT_EQ(node.kubelet.openStreams(Node::resource), 1U);
}

TEST_F(ADaemonBesideAKubelet, UsesAnotherSocketNameForEachRegistration) {
    startRegistered();
    const auto first = node.kubelet.waitForRegistration(Node::resource).endpoint;

    node.kubelet.restart();

    EXPECT_NE(node.kubelet.waitForRegistration(Node::resource, 2).endpoint, first);
}

TEST_F(ADaemonBesideAKubelet, RegistersAgainWithAKubeletThatComesBackLongAfterItsDeath) {
    startRegistered();
    node.kubelet.kill();
    ASSERT_TRUE(node.daemon().says("no kubelet listens on"));

    node.kubelet.start();

    node.kubelet.waitForRegistration(Node::resource, 2);
    EXPECT_TRUE(node.kubeletSees(healthy));
}

TEST_F(ADaemonBesideAKubelet, TellsARestartedKubeletWhatChangedMeanwhile) {
    startRegistered();
    node.kubelet.kill();

    node.hardware.unplug(chip);
    ASSERT_TRUE(node.daemon().says("HAILO_REASON=removed"));
    node.kubelet.start();

    EXPECT_TRUE(node.kubeletSees({{chipId, "Unhealthy"}}));
}

TEST_F(ADaemonBesideAKubelet, DoesNotTakeAChangedModeForAnotherKubelet) {
    node.kubelet.start();
    node.startDaemon({"--health-interval", "1"});
    ASSERT_TRUE(node.kubeletSees(healthy));
    std::filesystem::permissions(node.kubeletDirectory() / "kubelet.sock",
                                 std::filesystem::perms::owner_all);

    // The health timer looks at the chip and at kubelet.sock in one go: twice.
    for (const std::string config : {"\xff\xff\xff\xff", "\x60\x1e\x64\x28"}) {
        node.hardware.setAttribute(chip.pciPath(), "config", config);
        const auto health = config[0] == '\xff' ? "Unhealthy" : "Healthy";
        ASSERT_TRUE(node.kubeletSees({{chipId, health}}));
    }
    EXPECT_EQ(registrations(), 1U);
}

TEST_F(ADaemonBesideAKubelet, StopsOnSigtermAndLeavesTheCdiFile) {
    startRegistered();
    ASSERT_EQ(node.pluginSockets().size(), 1U);

    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0);
    EXPECT_TRUE(
        node.kubelet.waitUntil([this] { return node.kubelet.openStreams(Node::resource) == 0; }));
    EXPECT_TRUE(node.pluginSockets().empty());
    EXPECT_EQ(node.cdiNodeOf(chipId), "/dev/hailo0");
}

TEST_F(ADaemonBesideAKubelet, StopsOnSigtermWithoutAnyKubelet) {
    node.startDaemon();
    ASSERT_TRUE(node.daemon().says("no kubelet yet"));

    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0);
}

TEST_F(ADaemonBesideAKubelet, LeavesAtOnceWhenItIsToldTwice) {
    startRegistered();

    // The second comes before the kubelet's stream can have ended.
    node.daemon().signal(SIGSTOP);
    node.daemon().signal(SIGTERM);
    node.daemon().signal(SIGINT);
    node.daemon().signal(SIGCONT);

    EXPECT_EQ(node.daemon().wait(), 1);
    EXPECT_TRUE(node.daemon().says("told to stop a second time: leaving at once"));
    EXPECT_EQ(node.cdiNodeOf(chipId), "/dev/hailo0");
}

TEST_F(ADaemonBesideAKubelet, ComesBackWithTheSameIdsAfterItWasKilled) {
    startRegistered();
    node.daemon().signal(SIGKILL);
    ASSERT_EQ(node.daemon().wait(), 128 + SIGKILL);

    node.startDaemon();

    node.kubelet.waitForRegistration(Node::resource, 2);
    EXPECT_TRUE(node.kubeletSees(healthy));
    EXPECT_EQ(node.pluginSockets().size(), 1U) << "the dead one's socket is still there";
}

using AnAllocation = KubeletTest;

ContainerRequest request(const std::string& pod, std::size_t count = 1) {
    return {.podUid = pod, .container = "main", .resource = Node::resource, .count = count};
}

TEST_F(AnAllocation, NamesTheSameChipForCdiAndForDeviceSpecs) {
    startRegistered();

    const auto allocation = node.kubelet.allocate(request("pod"));

    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    const auto& response = allocation.response;
    ASSERT_EQ(response.cdi_devices_size(), 1);
    EXPECT_EQ(response.cdi_devices(0).name(), "hailo.ai/device=0000:01:00.0");
    ASSERT_EQ(response.devices_size(), 1);
    EXPECT_EQ(response.devices(0).container_path(), "/dev/hailo0");
    EXPECT_EQ(std::filesystem::read_symlink(response.devices(0).host_path()), "/dev/hailo0");
    ASSERT_EQ(response.mounts_size(), 1);
    EXPECT_EQ(response.mounts(0).container_path(), "/sys/class/hailo_chardev");
    EXPECT_TRUE(std::filesystem::exists(std::filesystem::path{response.mounts(0).host_path()} /
                                        "hailo0" / "board_location"));
    EXPECT_EQ(response.envs().at("HAILO_DEVICE_IDS"), chipId);
    EXPECT_EQ(response.envs().at("HAILO_DRIVER_VERSION"), "4.23.0");
}

TEST_F(AnAllocation, OfAnUnpluggedChipIsRefusedWithItsReason) {
    startRegistered();
    node.hardware.unplug(chip);
    // The driver lets go of a chip before the chip is gone.
    ASSERT_TRUE(node.daemon().says("HAILO_REASON=removed"));

    v1beta1::AllocateRequest raw;
    raw.add_container_requests()->add_devices_ids(chipId);
    v1beta1::AllocateResponse response;
    const auto status = node.kubelet.rawAllocate(Node::resource, raw, response);

    EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_NE(status.error_message().find("0000:01:00.0 is Unhealthy (removed)"), std::string::npos)
        << status.error_message();
}

TEST_F(AnAllocation, OfAnUnknownChipIsRefused) {
    startRegistered();

    v1beta1::AllocateRequest raw;
    raw.add_container_requests()->add_devices_ids("0000:99:00.0");
    v1beta1::AllocateResponse response;
    const auto status = node.kubelet.rawAllocate(Node::resource, raw, response);

    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(AnAllocation, IsReplayedToTheRightChipAfterAReplugIntoAnotherIndex) {
    startRegistered();
    const auto allocation = node.kubelet.allocate(request("pod"));
    ASSERT_TRUE(allocation.admitted()) << allocation.error;

    node.hardware.unplug(chip);
    ASSERT_TRUE(node.kubeletSees({{chipId, "Unhealthy"}}));
    auto renumbered = chip;
    renumbered.index = 5;
    node.hardware.plug(renumbered);
    ASSERT_TRUE(node.kubeletSees(healthy));

    const auto again = node.kubelet.startContainer(request("pod").key());
    ASSERT_TRUE(again.replayed);
    EXPECT_EQ(std::filesystem::read_symlink(again.response.devices(0).host_path()), "/dev/hailo5");
    EXPECT_EQ(node.cdiNodeOf(chipId), "/dev/hailo5");
}

TEST_F(AnAllocation, OfSeveralChipsPrefersThoseBehindOneSwitch) {
    const std::vector<hotplug::PciAddress> bridges{{0, 0, 0x1d, 0}, {0, 2, 0, 0}};
    auto left = bridges;
    left.push_back({0, 3, 0, 0});
    auto right = bridges;
    right.push_back({0, 3, 1, 0});
    node.hardware.plug({.address = {0, 4, 0, 0}, .index = 1, .upstream = left});
    node.hardware.plug({.address = {0, 5, 0, 0}, .index = 2, .upstream = right});
    node.kubelet.start();
    node.startDaemon();
    ASSERT_TRUE(node.kubeletSees(
        {{chipId, "Healthy"}, {"0000:04:00.0", "Healthy"}, {"0000:05:00.0", "Healthy"}}));

    auto allocation = node.kubelet.allocate(request("pod", 2));

    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    std::ranges::sort(allocation.deviceIds);
    EXPECT_EQ(allocation.deviceIds, (std::vector<std::string>{"0000:04:00.0", "0000:05:00.0"}));
}

} // namespace
} // namespace hdp::testing
