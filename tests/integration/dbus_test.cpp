// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/dbus_test.hpp"

#include <gmock/gmock.h>

#include <csignal>
#include <string>
#include <vector>

#include <unistd.h>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

/// What everybody sees of the bus, as a person would look at it.
class Monitor {
  public:
    explicit Monitor(const BareNode& node)
        : program_({"busctl", "--system", "monitor", "ai.hailo.DevicePlugin1"},
                   node.folder.path() / "monitor") {}

    [[nodiscard]] bool shows(const std::string& text) const {
        return eventually([&] { return program_.output().find(text) != std::string::npos; });
    }

    [[nodiscard]] std::string output() const { return program_.output(); }

  private:
    Program program_;
};

using AChipOnTheBus = DbusTest;

TEST_F(AChipOnTheBus, HasPropertiesThatBusctlReads) {
    startAll();

    EXPECT_EQ(property(chipPath, chipInterface, "Id"), "s \"simulated-n1-0\"\n");
    EXPECT_EQ(property(chipPath, chipInterface, "Healthy"), "b true\n");
    EXPECT_EQ(property(chipPath, chipInterface, "Reasons"), "as 0\n");
    EXPECT_EQ(property(chipPath, chipInterface, "NumaNode"), "i -1\n");
    EXPECT_EQ(property(chipPath, chipInterface, "Resource"), "s \"hailo.ai/device\"\n");
    EXPECT_EQ(property(chipPath, chipInterface, "Simulated"), "b true\n");
    EXPECT_EQ(property(rootPath, name, "State"), "s \"running\"\n");
    EXPECT_THAT(property(rootPath, name, "Version"), MatchesRegex("s \"[0-9.]+\"\n"));
}

TEST_F(AChipOnTheBus, IsIntrospectable) {
    startAll();

    EXPECT_THAT(busctl({"introspect", name, chipPath}),
                AllOf(HasSubstr(".Healthy"), HasSubstr("emits-change"), HasSubstr("const"),
                      HasSubstr(".HealthChanged")));
    EXPECT_THAT(busctl({"introspect", name, rootPath}),
                AllOf(HasSubstr("org.freedesktop.DBus.ObjectManager"), HasSubstr(".Rescan")));
    EXPECT_THAT(
        busctl({"call", name, rootPath, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects"}),
        AllOf(HasSubstr(chipPath), HasSubstr("\"Model\" s \"simulated\"")));
}

TEST_F(AChipOnTheBus, TellsWhatChanges) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root may monitor a system bus";
    }
    startAll();
    const Monitor monitor{node};
    ASSERT_TRUE(monitor.shows("Monitoring bus message stream")) << monitor.output();

    simulate("count: 2, script: [{device: 0, becomes: unhealthy}]");

    EXPECT_TRUE(monitor.shows("Member=PropertiesChanged")) << monitor.output();
    EXPECT_TRUE(monitor.shows("Member=HealthChanged")) << monitor.output();
    EXPECT_TRUE(monitor.shows("Member=InterfacesAdded")) << monitor.output();
    EXPECT_EQ(property(chipPath, chipInterface, "Healthy"), "b false\n");
    EXPECT_EQ(property(chipPath, chipInterface, "Reasons"), "as 1 \"simulated\"\n");
}

TEST_F(AChipOnTheBus, ThatVanishesStaysAsLongAsItsTombstone) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root may monitor a system bus";
    }
    startAll();
    writeFile(node.configFile(), "simulate: {enabled: true, node-name: n1, count: 0}\n");
    ASSERT_TRUE(node.kubeletSees({{chipId, "Unhealthy"}}));
    EXPECT_EQ(property(chipPath, chipInterface, "Present"), "b false\n");
    const Monitor monitor{node};
    ASSERT_TRUE(monitor.shows("Monitoring bus message stream")) << monitor.output();

    writeFile(node.configFile(), "simulate: {enabled: true, node-name: n1, count: 0}\n"
                                 "kubelet: {tombstone-grace: 0}\nhealth: {interval: 1}\n");

    EXPECT_TRUE(monitor.shows("Member=InterfacesRemoved")) << monitor.output();
    EXPECT_THAT(property(chipPath, chipInterface, "Present"), HasSubstr("Unknown object"));
}

using ARescan = DbusTest;

TEST_F(ARescan, IsForRoot) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "needs two users";
    }
    startAll();

    EXPECT_EQ(busctl({"call", name, rootPath, name, "Rescan"}), "");
    EXPECT_TRUE(node.daemon().says("HAILO_EVENT=dbus-rescan"));
    EXPECT_THAT(run({"setpriv", "--reuid=65534", "--clear-groups", "busctl", "--system", "call",
                     name, rootPath, name, "Rescan"})
                    .output,
                HasSubstr("ccess denied"));
    EXPECT_EQ(run({"setpriv", "--reuid=65534", "--clear-groups", "busctl", "--system",
                   "get-property", name, rootPath, name, "State"})
                  .output,
              "s \"running\"\n");
}

class OpenBusTest : public DbusTest {
  protected:
    OpenBusTest() : DbusTest(PrivateBus::Policy::Everything) {}
};

using ARescanThatAPolicyAllowsToAll = OpenBusTest;

TEST_F(ARescanThatAPolicyAllowsToAll, IsForRootAllTheSame) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "needs two users";
    }
    startAll();

    EXPECT_THAT(run({"setpriv", "--reuid=65534", "--clear-groups", "busctl", "--system", "call",
                     name, rootPath, name, "Rescan"})
                    .output,
                HasSubstr("ccess denied"));
    EXPECT_EQ(node.daemon().count("HAILO_EVENT=dbus-rescan"), 0U);
}

class ClosedBusTest : public DbusTest {
  protected:
    ClosedBusTest() : DbusTest(PrivateBus::Policy::Nothing) {}
};

using ADaemonWithoutItsPolicyFile = ClosedBusTest;

TEST_F(ADaemonWithoutItsPolicyFile, SaysWhatIsMissingAndWorks) {
    bus.start();
    startDaemon();

    EXPECT_TRUE(node.daemon().says("install the policy file ai.hailo.DevicePlugin1.conf"));
    EXPECT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));
}

} // namespace
} // namespace hdp::testing
