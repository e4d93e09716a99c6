// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mock_host.hpp"
#include "tests/systemd/machine.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;

/// A machine that has nothing of us but the package, in /package.
class PackageTest : public ::testing::Test {
  protected:
    void TearDown() override {
        if (HasFailure()) {
            std::cerr << machine.sh("systemctl status --no-pager --lines 0 hailo-device-plugin; "
                                    "journalctl --no-pager --unit hailo-device-plugin")
                      << "\n";
        }
    }

    [[nodiscard]] bool succeeds(const std::string& script) const {
        const auto outcome = machine.run({"sh", "-c", script});
        if (outcome.exitCode != 0) {
            std::cerr << script << ":\n" << outcome.output << outcome.errors;
        }
        return outcome.exitCode == 0;
    }

    [[nodiscard]] std::string property(const std::string& name) const {
        return machine.sh("systemctl show --value --property " + name + " hailo-device-plugin");
    }

    [[nodiscard]] static fs::path folder() {
        const char* name = std::getenv("HDP_PACKAGE_FOLDER"); // NOLINT(concurrency-mt-unsafe)
        return name == nullptr ? "" : name;
    }

    TemporaryDirectory nothing;
    Machine machine{nothing.path(), {"--bind-ro=" + folder().string() + ":/package"}};
    std::string install = "DEBIAN_FRONTEND=noninteractive dpkg --install "
                          "/package/hailo-device-plugin_*.deb </dev/null";
};

using APackage = PackageTest;

TEST_F(APackage, StartsTheDaemonNowAndAtEachBoot) {
    ASSERT_TRUE(succeeds(install));

    EXPECT_EQ(property("ActiveState"), "active");
    EXPECT_EQ(property("UnitFileState"), "enabled");
    EXPECT_EQ(machine.sh("stat --format=%a /run/cdi"), "755");
    EXPECT_EQ(machine.sh("hailo-device-plugin config >/dev/null; echo $?"), "0");
}

TEST_F(APackage, RestartsTheDaemonAndKeepsTheSettingsWhenItIsUpgraded) {
    ASSERT_TRUE(succeeds(install));
    ASSERT_TRUE(succeeds("echo 'log: {level: debug}' >>/etc/hailo-device-plugin/config.yaml"));
    const auto before = property("MainPID");

    ASSERT_TRUE(succeeds(install));

    EXPECT_EQ(property("ActiveState"), "active");
    EXPECT_NE(property("MainPID"), before);
    EXPECT_EQ(machine.sh("tail -n 1 /etc/hailo-device-plugin/config.yaml"), "log: {level: debug}");
}

TEST_F(APackage, LeavesNothingWhenItIsPurged) {
    ASSERT_TRUE(succeeds(install));
    ASSERT_TRUE(succeeds("test -d /var/lib/hailo-device-plugin"));

    ASSERT_TRUE(succeeds("dpkg --purge hailo-device-plugin"));

    EXPECT_EQ(machine.sh("systemctl is-active hailo-device-plugin"), "inactive");
    EXPECT_EQ(machine.sh("find /etc /usr /lib/systemd /var/lib/hailo-device-plugin /run/cdi "
                         "/var/lib/systemd -name '*hailo-device-plugin*' -o -name 'hailo.ai-*' "
                         "2>/dev/null | grep -v '^/usr/local/'"),
              "");
}

TEST_F(APackage, HasEverySettingCommentedOut) {
    ASSERT_TRUE(succeeds(install));

    EXPECT_EQ(machine.sh("grep -c '^[^#]' /etc/hailo-device-plugin/config.yaml"), "0");
    // What is commented out is right, too: settings have no blank, or an even number, after the
    // sign.
    EXPECT_TRUE(
        succeeds("sed -n 's/^#\\(\\(  \\)*[a-z-]\\)/\\1/p' /etc/hailo-device-plugin/config.yaml "
                 ">/tmp/all.yaml && hailo-device-plugin config --config /tmp/all.yaml"));
}

} // namespace
} // namespace hdp::testing

int main(int argc, char** argv) {
    ::testing::InitGoogleTest(&argc, argv);
    const char* folder = std::getenv("HDP_PACKAGE_FOLDER"); // NOLINT(concurrency-mt-unsafe)
    if (folder == nullptr || !std::filesystem::exists(folder)) {
        std::cerr << "there is no package; ./dev package makes one\n";
        return 77; // skipped
    }
    return RUN_ALL_TESTS();
}
