// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/cli_test.hpp"
#include "tests/integration/node.hpp"
#include "tests/support/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class DoctorCommandTest : public CliTest {
  protected:
    DoctorCommandTest() {
        writeFile(etc("lib/firmware/hailo/hailo8_fw.bin"), "");
        writeFile(etc("proc/sys/fs/inotify/max_user_instances"), "128\n");
    }

    /// A file of the host that the doctor sees.
    [[nodiscard]] fs::path etc(const std::string& path) const {
        return folder.path() / "host" / path;
    }

    [[nodiscard]] Outcome examine(std::vector<std::string> flags = {}) const {
        flags.insert(flags.begin(), {"doctor", "--root", etc("")});
        return run(flags);
    }
};

using TheDoctor = DoctorCommandTest;

TEST_F(TheDoctor, EndsWithTwoWhenAChipCannotBeUsed) {
    hardware.load(Fixture::load("f_unbound"));
    writeFile(etc("etc/modprobe.d/no.conf"), "blacklist hailo_pci\n");

    const auto report = examine();

    EXPECT_EQ(report.code, 2) << report.complaint;
    EXPECT_THAT(report.output,
                AllOf(HasSubstr("hailo_pci is kept out by /etc/modprobe.d/no.conf"),
                      HasSubstr("mend: sed -i '/hailo_pci/d' /etc/modprobe.d/no.conf && "
                                "modprobe hailo_pci"),
                      HasSubstr("\n1 error, 1 warning\n")));
}

TEST_F(TheDoctor, EndsWithOneWhenThereIsNothingWorseThanAWarning) {
    hardware.load(Fixture::load("c_driver_4_23"));

    const auto report = examine();

    EXPECT_EQ(report.code, 1) << report.output;
    EXPECT_THAT(report.output, HasSubstr("\n0 errors, "));
}

TEST_F(TheDoctor, SeesDeadHardware) {
    hardware.load(Fixture::load("j_config_all_ones"));

    const auto report = examine({"--json"});

    EXPECT_EQ(report.code, 2);
    const auto document = nlohmann::json::parse(report.output);
    EXPECT_EQ(document.at("errors"), 1);
    EXPECT_THAT(report.output, HasSubstr("answers all ones in config space"));
}

TEST_F(TheDoctor, FindsTheMissingUdevRule) {
    const MockChip chip;
    hardware.plug(chip);
    fs::permissions(hardware.root() / "dev" / chip.nodeName(), fs::perms{0600});
    EXPECT_THAT(examine().output, HasSubstr("not everybody may open /dev/hailo0"));

    fs::permissions(hardware.root() / "dev" / chip.nodeName(), fs::perms{0666});
    EXPECT_THAT(examine().output, ::testing::Not(HasSubstr("not everybody may open")));
}

TEST_F(TheDoctor, ChangesNothingAndNeedsNoPrivilege) {
    hardware.load(Fixture::load("c_driver_4_23"));
    writeFile(folder.path() / "cdi/hailo.ai-device.json", "{}");
    const auto before = traces();

    const auto report = runAsNobody({"doctor", "--root", etc("")});

    EXPECT_EQ(report.code, 2) << report.complaint;
    EXPECT_THAT(report.output, HasSubstr("hailo.ai-device.json: "));
    EXPECT_EQ(traces(), before);
}

TEST_F(TheDoctor, RefusesBadSettingsInOneSentence) {
    const auto report = examine({"--log-level", "loud"});

    EXPECT_EQ(report.code, 2);
    EXPECT_EQ(report.output, "");
    EXPECT_THAT(report.complaint, HasSubstr("\"loud\""));
}

TEST(TheDoctorBesideAKubelet, FindsNothingWrongWithANodeThatWorks) {
    Node node;
    const MockChip chip;
    node.hardware.plug(chip);
    fs::permissions(node.hardware.root() / "dev" / chip.nodeName(), fs::perms{0666});
    writeFile(node.folder.path() / "host/lib/firmware/hailo/hailo8_fw.bin", "");
    node.kubelet.start();
    node.startDaemon();
    ASSERT_TRUE(node.kubeletSees({{"0000:01:00.0", "Healthy"}}));

    DaemonProcess doctor{{"doctor", "--root", node.folder.path() / "host", "--config",
                          node.configFile(), "--kubelet-directory", node.kubeletDirectory(),
                          "--cdi-directory", node.cdiFile().parent_path(), "--pod-resources-socket",
                          node.folder.path() / "pods/kubelet.sock"}};

    EXPECT_EQ(doctor.wait(), 0) << doctor.log();
    EXPECT_TRUE(doctor.says("0 errors, 0 warnings")) << doctor.log();
    EXPECT_TRUE(doctor.says("a daemon serves hailo.ai/device"));
}

} // namespace
} // namespace hdp::testing
