// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/cli_test.hpp"
#include "tests/support/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using TheListOfChips = CliTest;

TEST_F(TheListOfChips, HasALineForEachWithColumnsThatAlign) {
    hardware.load(Fixture::load("c_driver_4_23"));

    const auto list = run({"list"});

    EXPECT_EQ(list.code, 0) << list.complaint;
    EXPECT_THAT(
        list.output,
        StartsWith("ADDRESS       MODEL    NODE         DRIVER        NUMA  LINK       HEALTH   "
                   "RESOURCE         POD\n"
                   "0000:01:00.0  hailo-8  /dev/hailo0  hailo 4.23.0  0     8 GT/s x4  healthy  "
                   "hailo.ai/device  ?\n"));
    EXPECT_THAT(list.output,
                HasSubstr("pods are not known: " + (folder.path() / "pods/kubelet.sock").string() +
                          ": No such file or directory"));
    EXPECT_EQ(list.complaint, "");
}

TEST_F(TheListOfChips, SaysWhyAChipCannotBeUsed) {
    hardware.load(Fixture::load("f_unbound"));

    const auto list = run({"list"});

    EXPECT_EQ(list.code, 0);
    EXPECT_THAT(list.output, AllOf(HasSubstr("unhealthy: driver-not-bound"),
                                   HasSubstr("\n0000:01:00.0 has no driver: load")));
}

TEST_F(TheListOfChips, SaysWhenThereIsNone) {
    const auto list = run({"list"});

    EXPECT_EQ(list.code, 0);
    EXPECT_THAT(list.output, StartsWith("There is no Hailo chip on the PCI bus.\n"));
}

TEST_F(TheListOfChips, NamesTheResourceOfTheFirstRuleThatTakesAChip) {
    hardware.plug({.address = {0, 1, 0, 0}});
    hardware.plug({.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}});

    const auto list = run({"list", "--resource", "hailo.ai/first:address=0000:01:00.0"});

    EXPECT_THAT(list.output, ContainsRegex("0000:01:00.0 .* hailo.ai/first "));
    EXPECT_THAT(list.output, HasSubstr("0000:02:00.0: no resource takes it, so no pod can have "
                                       "it; see --resource\n"));
}

TEST_F(TheListOfChips, IsOneDocumentInJson) {
    hardware.load(Fixture::load("c_driver_4_23"));

    const auto list = run({"list", "--json"});

    ASSERT_EQ(list.code, 0) << list.complaint;
    const auto chip = nlohmann::json::parse(list.output).at("chips").at(0);
    EXPECT_EQ(chip.at("address"), "0000:01:00.0");
    EXPECT_EQ(chip.at("node"), "/dev/hailo0");
    EXPECT_EQ(chip.at("driver"), (nlohmann::json{{"name", "hailo"}, {"version", "4.23.0"}}));
    EXPECT_EQ(chip.at("link"),
              (nlohmann::json{{"width", 4}, {"speed", 8.0}, {"bestWidth", 4}, {"bestSpeed", 8.0}}));
    EXPECT_EQ(chip.at("powerState"), "D3hot");
    EXPECT_EQ(chip.at("health"), "Healthy");
    EXPECT_EQ(chip.at("resource"), "hailo.ai/device");
    EXPECT_TRUE(chip.at("pods").is_null());
}

TEST_F(TheListOfChips, NeedsNoPrivilegeAndChangesNothing) {
    hardware.load(Fixture::load("c_driver_4_23"));
    const auto before = traces();

    const auto list = runAsNobody({"list"});

    EXPECT_EQ(list.code, 0) << list.complaint;
    EXPECT_THAT(list.output, HasSubstr("hailo 4.23.0  0     8 GT/s x4  healthy"));
    EXPECT_EQ(traces(), before);
}

TEST_F(TheListOfChips, KeepsWordsOfAHostileHostToPrintableText) {
    MockChip chip{.driverVersion = "4.22.0"};
    hardware.plug(chip);
    writeFile(hardware.root() / "sys/module/hailo_pci/version", "4.22.0\x1b[2J\xff");
    writeFile(hardware.root() / chip.classPath().substr(1) / "board_location", "\x1b]0;owned\a");

    const auto list = run({"list"});

    EXPECT_EQ(list.code, 0);
    EXPECT_THAT(list.output, Not(HasSubstr("\x1b")));
}

TEST_F(TheListOfChips, DependsOnNoVariableButItsSettings) {
    hardware.load(Fixture::load("c_driver_4_23"));

    const auto plain = run({"list"});

    EXPECT_EQ(run({"list"}, {"LC_ALL=tr_TR.UTF-8", "TZ=:/nowhere", "TERM=?", "COLUMNS=1",
                             "HOME=/dev/null", "HDP_LOG_LEVEL=debug"})
                  .output,
              plain.output);
    EXPECT_EQ(run({"list"}, {"HDP_CDI_KIND=no kind"}).code, 2);
}

} // namespace
} // namespace hdp::testing
