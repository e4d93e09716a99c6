// SPDX-License-Identifier: Apache-2.0
#include "tests/kubelet/kubelet_node.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace hdp::testing {
namespace {

using nlohmann::json;

const MockChip first{.address = {0, 1, 0, 0}, .index = 0};
const MockChip second{.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}};
constexpr auto firstId = "0000:01:00.0";
constexpr auto cdiName = "hailo.ai/device=0000:01:00.0";

class AllocationTest : public ::testing::Test {
  protected:
    /// A node with one chip, or with two.
    void startWith(const std::vector<std::string>& flags, bool hasSecond = false) {
        node.hardware.plug(first);
        if (hasSecond) {
            node.hardware.plug(second);
        }
        node.startKubelet();
        node.startDaemon(flags);
        const int count = hasSecond ? 2 : 1;
        ASSERT_TRUE(node.comesToHave({.capacity = count, .allocatable = count}));
    }

    KubeletNode node;
};

using AContainer = AllocationTest;

void expectDeviceSpecs(const RunOptions& options) {
    ASSERT_EQ(options.devices.size(), 1U);
    const auto& device = options.devices[0];
    EXPECT_EQ(device.at("PathInContainer"), "/dev/hailo0");
    EXPECT_EQ(device.at("Permissions"), "rw");
    EXPECT_EQ(std::filesystem::read_symlink(device.at("PathOnHost").get<std::string>()),
              "/dev/hailo0");
    ASSERT_EQ(options.mounts.size(), 1U);
    const auto& mount = options.mounts[0];
    EXPECT_EQ(mount.at("ContainerPath"), "/sys/class/hailo_chardev");
    EXPECT_EQ(mount.at("ReadOnly"), true);
    EXPECT_TRUE(
        std::filesystem::exists(std::filesystem::path{mount.at("HostPath").get<std::string>()} /
                                "hailo0" / "board_location"));
}

TEST_F(AContainer, GetsCdiNamesAndDeviceSpecsByDefault) {
    startWith({});
    ASSERT_EQ(node.allocate("pod"), "");

    const auto options = node.runOptions("pod");

    EXPECT_EQ(options.cdiDevices, json::parse(R"([{"Name": "hailo.ai/device=0000:01:00.0"}])"));
    expectDeviceSpecs(options);
    EXPECT_EQ(options.annotations, json::array());
    EXPECT_EQ(RunOptions::valueOf(options.envs, "HAILO_DEVICE_IDS"), firstId);
    EXPECT_EQ(RunOptions::valueOf(options.envs, "HAILO_DEVICE_COUNT"), "1");
    EXPECT_EQ(RunOptions::valueOf(options.envs, "HAILO_DRIVER_VERSION"), "4.23.0");
}

TEST_F(AContainer, GetsCdiNamesOnlyWithCdiCri) {
    startWith({"--handover", "cdi-cri"});
    ASSERT_EQ(node.allocate("pod"), "");

    const auto options = node.runOptions("pod");

    EXPECT_EQ(options.cdiDevices, json::parse(R"([{"Name": "hailo.ai/device=0000:01:00.0"}])"));
    EXPECT_EQ(options.devices, json::array());
    EXPECT_EQ(options.mounts, json::array());
    EXPECT_EQ(options.annotations, json::array());
}

TEST_F(AContainer, GetsOneAnnotationOnlyWithCdiAnnotations) {
    startWith({"--handover", "cdi-annotations"});
    ASSERT_EQ(node.allocate("pod"), "");

    const auto options = node.runOptions("pod");

    ASSERT_EQ(options.annotations.size(), 1U);
    EXPECT_EQ(options.annotations[0].at("Name").get<std::string>().rfind("cdi.k8s.io/", 0), 0U);
    EXPECT_EQ(options.annotations[0].at("Value"), cdiName);
    EXPECT_EQ(options.cdiDevices, json::array());
    EXPECT_EQ(options.devices, json::array());
    EXPECT_EQ(options.mounts, json::array());
}

TEST_F(AContainer, GetsNodeAndClassViewOnlyWithDeviceSpecs) {
    startWith({"--handover", "device-specs"});
    ASSERT_EQ(node.allocate("pod"), "");

    const auto options = node.runOptions("pod");

    expectDeviceSpecs(options);
    EXPECT_EQ(options.cdiDevices, json::array());
    EXPECT_EQ(options.annotations, json::array());
}

TEST_F(AContainer, GetsEachChipThatItAskedFor) {
    startWith({}, true);
    ASSERT_EQ(node.allocate("pod", 2), "");

    const auto options = node.runOptions("pod");

    EXPECT_EQ(options.cdiDevices.size(), 2U);
    EXPECT_EQ(options.devices.size(), 2U);
    EXPECT_EQ(RunOptions::valueOf(options.envs, "HAILO_DEVICE_IDS"), "0000:01:00.0,0000:02:00.0");
}

using APod = AllocationTest;

TEST_F(APod, IsRefusedWhenAnotherHoldsTheLastChip) {
    startWith({});
    ASSERT_EQ(node.allocate("holder"), "");

    EXPECT_NE(node.allocate("late").find("Requested: 1, Available: 0"), std::string::npos);
}

TEST_F(APod, GetsTheChipOfOneThatIsGone) {
    startWith({});
    ASSERT_EQ(node.allocate("holder"), "");

    node.kubelet().ask("remove-pod holder");

    EXPECT_EQ(node.allocate("next"), "");
    EXPECT_EQ(node.chipsOf("next"), std::vector<std::string>{firstId});
}

TEST_F(APod, GetsAHealthyChipWhenAnotherIsGone) {
    startWith({}, true);
    node.hardware.unplug(first);
    ASSERT_TRUE(node.comesToHave({.capacity = 2, .allocatable = 1}));

    ASSERT_EQ(node.allocate("pod"), "");

    EXPECT_EQ(node.chipsOf("pod"), std::vector<std::string>{"0000:02:00.0"});
}

TEST_F(APod, IsRefusedWhenNoChipIsHealthy) {
    startWith({});
    node.hardware.unplug(first);
    ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 0}));

    EXPECT_NE(node.allocate("pod").find("no healthy devices present"), std::string::npos);
}

using AChipThatIsPulled = AllocationTest;

TEST_F(AChipThatIsPulled, StaysWithThePodThatHoldsIt) {
    startWith({});
    ASSERT_EQ(node.allocate("pod"), "");

    node.hardware.unplug(first);

    ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 0}));
    EXPECT_EQ(node.chipsOf("pod"), std::vector<std::string>{firstId});
    EXPECT_EQ(node.runOptions("pod").cdiDevices.size(), 1U);
}

TEST_F(AChipThatIsPulled, ServesItsPodAgainWhenItIsBackUnderAnotherIndex) {
    startWith({});
    ASSERT_EQ(node.allocate("pod"), "");
    node.hardware.unplug(first);
    ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 0}));

    auto renumbered = first;
    renumbered.index = 5;
    node.hardware.plug(renumbered);

    ASSERT_TRUE(node.comesToHave({.capacity = 1, .allocatable = 1}));
    const auto device = node.runOptions("pod").devices.at(0);
    EXPECT_EQ(std::filesystem::read_symlink(device.at("PathOnHost").get<std::string>()),
              "/dev/hailo5");
}

} // namespace
} // namespace hdp::testing
