// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/node.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hdp::testing {
namespace {

/// One host of tests/fixtures, and what the kubelet, the runtimes and the operator shall learn of
/// it.
struct Host {
    std::string fixture;
    DeviceHealth devices;
    std::map<std::string, std::string> nodes; ///< in the CDI file, by chip
    std::vector<std::string> reasons;         ///< in the log
};

std::ostream& operator<<(std::ostream& out, const Host& host) {
    return out << host.fixture;
}

class HostTest : public ::testing::TestWithParam<Host> {};

using EveryHost = HostTest;

TEST_P(EveryHost, IsShownToKubeletRuntimesAndOperatorAsItIs) {
    const auto& host = GetParam();
    Node node;
    node.hardware.load(Fixture::load(host.fixture));
    node.kubelet.start();
    node.startDaemon();

    ASSERT_TRUE(node.kubeletSees(host.devices));

    EXPECT_EQ(node.cdiSpec().has_value(), !host.nodes.empty());
    for (const auto& [id, path] : host.nodes) {
        EXPECT_EQ(node.cdiNodeOf(id), path);
    }
    for (const auto& reason : host.reasons) {
        EXPECT_TRUE(node.daemon().says("HAILO_REASON=" + reason)) << node.daemon().log();
    }
}

INSTANTIATE_TEST_SUITE_P(
    Fixtures,
    EveryHost,
    ::testing::Values(
        Host{"a_driver_4_17", {{"0000:01:00.0", "Healthy"}}, {{"0000:01:00.0", "/dev/hailo0"}}, {}},
        Host{"b_driver_4_22", {{"0000:01:00.0", "Healthy"}}, {{"0000:01:00.0", "/dev/hailo0"}}, {}},
        Host{"c_driver_4_23", {{"0000:01:00.0", "Healthy"}}, {{"0000:01:00.0", "/dev/hailo0"}}, {}},
        Host{"d_driver_5_1_hailo10h",
             {{"0000:01:00.0", "Healthy"}},
             {{"0000:01:00.0", "/dev/hailo0"}},
             {}},
        Host{"e_driver_5_3", {{"0000:01:00.0", "Healthy"}}, {{"0000:01:00.0", "/dev/h1x-0"}}, {}},
        Host{"f_unbound", {{"0000:01:00.0", "Unhealthy"}}, {}, {"driver-not-bound"}},
        Host{"g_no_class_folder", {{"0000:01:00.0", "Unhealthy"}}, {}, {"class-device-missing"}},
        Host{"h_integrated", {{"0000:01:00.0", "Healthy"}}, {{"0000:01:00.0", "/dev/hailo0"}}, {}},
        Host{"i_wide_domains",
             {{"0001:01:00.0", "Healthy"}, {"10000:01:00.0", "Healthy"}},
             {{"0001:01:00.0", "/dev/hailo0"}, {"10000:01:00.0", "/dev/hailo1"}},
             {"wide-domain"}},
        Host{"j_config_all_ones",
             {{"0000:01:00.0", "Unhealthy"}},
             {{"0000:01:00.0", "/dev/hailo0"}},
             {"config-space-dead"}}),
    [](const auto& param) { return param.param.fixture; });

} // namespace
} // namespace hdp::testing
