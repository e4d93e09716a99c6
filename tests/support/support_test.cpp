// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fixture.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/mock_chip.hpp"
#include "tests/support/temporary_directory.hpp"

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

TEST(AFixture, HasModulesInCommentsAndDevicesInParagraphs) {
    const Fixture fixture =
        Fixture::parse("# words for people\n# module hailo_pci 4.23.0 driver hailo\n\n"
                       "P: /devices/a\nE: SUBSYSTEM=pci\n# more words\nA: vendor=0x1e60\\n\n\n\n"
                       "P: /devices/b\nN: hailo0=00\nE: SUBSYSTEM=hailo_chardev\n"
                       "H: config=601E\nL: device=../a");
    ASSERT_THAT(fixture.modules, SizeIs(1));
    EXPECT_EQ(fixture.modules[0].name, "hailo_pci");
    EXPECT_EQ(fixture.modules[0].version, "4.23.0");
    EXPECT_EQ(fixture.modules[0].driver, "hailo");
    ASSERT_THAT(fixture.devices, SizeIs(2));
    EXPECT_EQ(fixture.devices[0].text, "P: /devices/a\nE: SUBSYSTEM=pci\nA: vendor=0x1e60\\n\n");
    EXPECT_THAT(fixture.devices[0].attributes, ElementsAre(Pair("vendor", "0x1e60\n")));
    EXPECT_EQ(fixture.devices[1].node, "hailo0");
    EXPECT_THAT(fixture.devices[1].attributes, ElementsAre(Pair("config", "\x60\x1e")));
    EXPECT_THAT(fixture.devices[1].links, ElementsAre(Pair("device", "../a")));
}

class MalformedText : public ::testing::TestWithParam<const char*> {};

TEST_P(MalformedText, IsRefused) {
    EXPECT_THROW(Fixture::parse(GetParam()), std::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(Texts,
                         MalformedText,
                         ::testing::Values("P: /devices/a\n",
                                           "E: SUBSYSTEM=pci\n",
                                           "P: /a\nE: SUBSYSTEM=pci\n",
                                           "nonsense\n",
                                           "X: y=z\n",
                                           "# module hailo_pci 4.23.0\n",
                                           "P: /devices/a\nE: SUBSYSTEM=pci\nH: config=6x\n"));

TEST(AFixture, IsRefusedIfItDoesNotExist) {
    EXPECT_THROW(Fixture::load("no_such_fixture"), std::invalid_argument);
}

TEST(AMockChip, LiesBelowItsBridges) {
    const MockChip chip{.address = {0, 3, 0, 0}, .upstream = {{0, 0, 1, 0}, {0, 2, 4, 0}}};
    EXPECT_THAT(chip.bridgePaths(),
                ElementsAre("/sys/devices/pci0000:00/0000:00:01.0",
                            "/sys/devices/pci0000:00/0000:00:01.0/0000:02:04.0"));
    EXPECT_EQ(chip.pciPath(), "/sys/devices/pci0000:00/0000:00:01.0/0000:02:04.0/0000:03:00.0");
}

TEST(AMockChip, HasAVersionThatSomeGenerationHas) {
    EXPECT_EQ(generationOf("4.19.0").firstVersion, "4.18.0");
    EXPECT_EQ(generationOf("5.1.1").firstVersion, "5.0.1");
    EXPECT_THROW(generationOf("4.16.0"), std::invalid_argument);
    EXPECT_THROW(generationOf("4.24.0"), std::invalid_argument);
    EXPECT_THROW(generationOf("new"), std::invalid_argument);
}

TEST(ChipsBelowOneBridge, ShareIt) {
    const Fixture fixture = fixtureOf({MockChip{}, MockChip{.address = {0, 2, 0, 0}, .index = 1}});
    EXPECT_THAT(fixture.devices, SizeIs(5)) << "one bridge, two functions, two class devices";
}

TEST(AMaterialisedModule, CanBeReplacedByAnother) {
    const TemporaryDirectory root;
    for (const char* version : {"4.22.0", "4.23.0"}) {
        materialise(MockModule{"hailo_pci", version, "hailo"}, root.path());
    }
    EXPECT_EQ(std::filesystem::file_size(root.path() / "bus/pci/drivers/hailo/module/version"), 7U);
}

TEST(ATemporaryDirectory, LivesAsLongAsItsObject) {
    std::filesystem::path path;
    {
        const TemporaryDirectory directory;
        path = directory.path();
        writeFile(path / "deep/below/file", "content");
        EXPECT_TRUE(std::filesystem::exists(path / "deep/below/file"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(RunUntil, RunsHandlersUntilTheConditionHolds) {
    boost::asio::io_context loop;
    int runs = 0;
    for (int posted = 0; posted < 3; ++posted) {
        boost::asio::post(loop, [&runs] { ++runs; });
    }
    EXPECT_TRUE(runUntil(loop, [&runs] { return runs == 2; }));
    EXPECT_EQ(runs, 2);
}

TEST(RunUntil, GivesUpAtItsDeadline) {
    boost::asio::io_context loop;
    EXPECT_FALSE(runUntil(
        loop, [] { return false; }, std::chrono::milliseconds(20)));
}

} // namespace
} // namespace hdp::testing
