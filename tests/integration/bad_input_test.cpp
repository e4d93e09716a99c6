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

const MockChip first{.address = {0, 1, 0, 0}, .index = 0};
const MockChip second{.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}};
constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

class BadInputTest : public ::testing::Test {
  protected:
    /// Both chips plugged, one attribute of the first one's class device spoilt, everything
    /// started. Their driver gives class devices no PCI parent: attributes alone tell the address.
    void startWithAttribute(const std::string& name, std::string_view content) {
        auto spoilt = first;
        auto other = second;
        spoilt.driverVersion = other.driverVersion = "4.22.0";
        node.hardware.plug(spoilt);
        node.hardware.plug(other);
        writeFile(node.hardware.root() / spoilt.classPath().substr(1) / name, content);
        node.kubelet.start();
        node.startDaemon();
        node.kubelet.waitForRegistration(Node::resource);
    }

    Node node;
};

using ADaemonOnABrokenHost = BadInputTest;

TEST_F(ADaemonOnABrokenHost, OffersTheOtherChipsWhenOneNamesNoAddress) {
    startWithAttribute("board_location", "no address at all");

    EXPECT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}, {secondId, "Healthy"}}));
    EXPECT_TRUE(node.daemon().says("board_location says \"no address at all\""));
    EXPECT_TRUE(node.daemon().says("HAILO_REASON=class-device-missing"));
}

TEST_F(ADaemonOnABrokenHost, NamesAnAttributeThatIsNotUtf8) {
    startWithAttribute("dev", "\xff\xfe:0\n");

    EXPECT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}, {secondId, "Healthy"}}));
    EXPECT_TRUE(node.daemon().says("HAILO_REASON=attribute-unreadable"));
    EXPECT_TRUE(node.daemon().says("is not UTF-8"));
}

TEST_F(ADaemonOnABrokenHost, NamesAnAttributeThatIsEmpty) {
    startWithAttribute("dev", "");

    EXPECT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}, {secondId, "Healthy"}}));
    EXPECT_TRUE(node.daemon().says("is empty"));
}

TEST_F(ADaemonOnABrokenHost, NamesAnAttributeThatIsOversized) {
    startWithAttribute("dev", std::string(5000, '1'));

    EXPECT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}, {secondId, "Healthy"}}));
    EXPECT_TRUE(node.daemon().says("is larger than 4096 bytes"));
}

TEST_F(ADaemonOnABrokenHost, ChoosesNeitherOfTwoClassDevicesWithOneAddress) {
    // A driver without a PCI parent, so that the attribute alone tells the address.
    auto left = first;
    auto right = second;
    left.driverVersion = right.driverVersion = "4.22.0";
    node.hardware.plug(left);
    node.hardware.plug(right);
    writeFile(node.hardware.root() / right.classPath().substr(1) / "board_location", firstId);
    node.kubelet.start();
    node.startDaemon();

    EXPECT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}, {secondId, "Unhealthy"}}));
    EXPECT_TRUE(node.daemon().says("HAILO_REASON=class-device-ambiguous"));
}

TEST_F(ADaemonOnABrokenHost, ReportsANodeThatIsNotADevice) {
    node.hardware.plug(first);
    const auto path = node.hardware.root() / "dev" / first.nodeName();
    fs::remove(path);
    fs::create_directory(path);
    node.kubelet.start();
    node.startDaemon();

    EXPECT_TRUE(node.kubeletSees({{firstId, "Unhealthy"}}));
    EXPECT_TRUE(node.daemon().says("HAILO_REASON=node-not-a-device"));
}

TEST_F(ADaemonOnABrokenHost, LivesOnAndRecoversWhenThePluginFolderIsNotWritable) {
    node.hardware.plug(first);
    node.kubelet.start();
    fs::permissions(node.kubeletDirectory(), fs::perms{0555});
    node.startDaemon();
    ASSERT_TRUE(node.daemon().says("cannot serve in the kubelet's plugin folder"));
    EXPECT_TRUE(node.daemon().says("Permission denied"));

    fs::permissions(node.kubeletDirectory(), fs::perms{0755});

    EXPECT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
}

TEST_F(ADaemonOnABrokenHost, LivesOnWhenThePluginFolderIsAFile) {
    node.hardware.plug(first);
    writeFile(node.kubeletDirectory(), "in the way");
    node.startDaemon();

    EXPECT_TRUE(node.daemon().says("Not a directory"));
    EXPECT_EQ(node.cdiNodeOf(firstId), "/dev/hailo0");
    fs::remove(node.kubeletDirectory());
}

TEST_F(ADaemonOnABrokenHost, HandsChipsOverByDeviceSpecsWhenTheCdiFolderIsAFile) {
    node.hardware.plug(first);
    writeFile(node.cdiFile().parent_path(), "in the way");
    node.kubelet.start();
    node.startDaemon();
    ASSERT_TRUE(node.kubeletSees({{firstId, "Healthy"}}));
    EXPECT_TRUE(node.daemon().says("is out of date"));

    const auto allocation =
        node.kubelet.allocate({.podUid = "pod", .container = "main", .resource = Node::resource});

    ASSERT_TRUE(allocation.admitted()) << allocation.error;
    EXPECT_EQ(allocation.response.cdi_devices_size(), 0);
    EXPECT_EQ(allocation.response.devices_size(), 1);
}

TEST_F(ADaemonOnABrokenHost, RefusesAPluginFolderWhoseSocketsWouldHaveNamesTooLong) {
    const auto deep = node.folder.path() / std::string(100, 'd');

    node.startDaemon({"--kubelet-directory", deep});

    EXPECT_EQ(node.daemon().wait(), 2);
    EXPECT_TRUE(node.daemon().says("is too long"));
    EXPECT_EQ(node.daemon().count(""), 1U) << node.daemon().log();
}

TEST_F(ADaemonOnABrokenHost, RefusesAResourceNameThatTheKubeletWouldRefuse) {
    node.startDaemon({"--resource", "npu"});

    EXPECT_EQ(node.daemon().wait(), 2);
    EXPECT_TRUE(node.daemon().says("the resource name \"npu\" has no domain"));
}

} // namespace
} // namespace hdp::testing
