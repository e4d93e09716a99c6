// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/bare_node.hpp"
#include "tests/integration/eventually.hpp"
#include "tests/integration/private_bus.hpp"
#include "tests/support/fixture.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {

/// A daemon with simulated chips beside a system bus of its own.
class DbusTest : public ::testing::Test {
  protected:
    static constexpr auto name = "ai.hailo.DevicePlugin1";
    static constexpr auto rootPath = "/ai/hailo/DevicePlugin1";
    static constexpr auto chipPath = "/ai/hailo/DevicePlugin1/chips/simulated_2dn1_2d0";
    static constexpr auto chipInterface = "ai.hailo.DevicePlugin1.Chip";
    static constexpr auto chipId = "simulated-n1-0";

    explicit DbusTest(PrivateBus::Policy policy = PrivateBus::Policy::Ours)
        : bus(node.folder.path() / "bus", policy) {
        // Other users are to reach the bus.
        std::filesystem::permissions(node.folder.path(), std::filesystem::perms::all);
    }

    void simulate(const std::string& settings) const {
        writeFile(node.configFile(),
                  "simulate: {enabled: true, node-name: n1, " + settings + "}\n");
    }

    void startDaemon(const std::vector<std::string>& flags = {}) {
        simulate("count: 1");
        node.kubelet.start();
        std::vector<std::string> all{"--log-level", "debug", "--dbus", "auto"};
        all.insert(all.end(), flags.begin(), flags.end());
        node.startDaemon(all);
    }

    /// Starts bus and daemon, and returns when the daemon has its name.
    void startAll() {
        bus.start();
        startDaemon();
        ASSERT_TRUE(node.daemon().says("on the system bus as")) << node.daemon().log();
        ASSERT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));
    }

    static std::string busctl(std::vector<std::string> words) {
        words.insert(words.begin(), {"busctl", "--system"});
        return run(words).output;
    }

    static std::string
    property(const std::string& path, const std::string& interface, const std::string& property) {
        return busctl({"get-property", name, path, interface, property});
    }

    [[nodiscard]] bool isOnTheBus() const { return bus.hasOwner(name); }

    BareNode node;
    PrivateBus bus;
};

} // namespace hdp::testing
