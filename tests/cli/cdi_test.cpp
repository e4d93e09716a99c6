// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/cli_test.hpp"
#include "tests/integration/bare_node.hpp"
#include "tests/support/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::string contentOf(const fs::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

class CdiCommandTest : public CliTest {
  protected:
    /// What `cdi validate` says of a file with this content.
    Outcome judge(const std::string& content) {
        writeFile(file, content);
        return run({"cdi", "validate", file});
    }

    const fs::path file = folder.path() / "some.json";
};

using TheCdiCommand = CdiCommandTest;

TEST_F(TheCdiCommand, GeneratesWhatTheDaemonWrites) {
    hardware.plug({.address = {0, 1, 0, 0}});
    hardware.plug({.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}});
    BareNode node;
    auto& daemon = node.startDaemon({"--container-env", "A=b"});
    ASSERT_TRUE(daemon.says("wrote the CDI file"));

    const auto generated = run({"cdi", "generate", "--container-env", "A=b"});

    EXPECT_EQ(generated.code, 0) << generated.complaint;
    EXPECT_EQ(generated.output, contentOf(node.cdiFile()));
    EXPECT_THAT(generated.output, HasSubstr("\"0000:02:00.0\""));
}

TEST_F(TheCdiCommand, WritesAFileThatIsValid) {
    hardware.plug({});

    const auto generated = run({"cdi", "generate", "--output", file});

    EXPECT_EQ(generated.code, 0) << generated.complaint;
    EXPECT_EQ(generated.output, "");
    EXPECT_EQ(fs::status(file).permissions(), fs::perms{0644});
    const auto judged = run({"cdi", "validate", file});
    EXPECT_EQ(judged.output, file.string() + ": valid\n");
    EXPECT_EQ(judged.code, 0);
}

TEST_F(TheCdiCommand, LeavesTheFileAloneWhenThereIsNoChip) {
    writeFile(file, "old");

    const auto generated = run({"cdi", "generate", "--output", file});

    EXPECT_EQ(generated.code, 1);
    EXPECT_THAT(generated.complaint, HasSubstr("nothing was written"));
    EXPECT_EQ(contentOf(file), "old");
}

TEST_F(TheCdiCommand, RefusesToReplaceWhatIsNoFile) {
    hardware.plug({});
    fs::create_symlink("/dev/null", file);

    const auto generated = run({"cdi", "generate", "--output", file});

    EXPECT_EQ(generated.code, 2);
    EXPECT_TRUE(fs::is_symlink(file));
}

TEST_F(TheCdiCommand, SaysOfARuntimesOtherFolderWhatIsInTheWay) {
    hardware.plug({});
    writeFile(folder.path() / "folder", "in the way");

    const auto generated = run({"cdi", "generate", "--output", folder.path() / "folder/a.json"});

    EXPECT_EQ(generated.code, 1);
    EXPECT_THAT(generated.complaint, HasSubstr("Not a directory"));
}

TEST_F(TheCdiCommand, NamesFileDeviceFieldAndRuleOfWhatIsBroken) {
    const auto judged = judge(R"({"cdiVersion": "0.5.0", "kind": "hailo.ai/device",
        "devices": [{"name": "one", "containerEdits": {"deviceNodes": [
            {"path": "/dev/hailo0", "permissions": "rx"}]}}]})");

    EXPECT_EQ(judged.code, 1);
    EXPECT_THAT(judged.output, AllOf(HasSubstr(file.string() + ": "), HasSubstr("\"one\""),
                                     HasSubstr("deviceNodes[0]"), HasSubstr("\"rx\"")));
}

TEST_F(TheCdiCommand, RefusesWhatIsNoJsonAndWhatIsNotThere) {
    EXPECT_EQ(judge("cdiVersion: 0.5.0").code, 1);
    EXPECT_EQ(judge(std::string(100, '[')).code, 1);
    EXPECT_EQ(judge("").code, 1);
    const auto absent = run({"cdi", "validate", "/none.json", folder.path()});
    EXPECT_EQ(absent.code, 1);
    EXPECT_THAT(absent.output, AllOf(HasSubstr("/none.json: is no file\n"),
                                     HasSubstr(folder.path().string() + ": is no file\n")));
}

TEST_F(TheCdiCommand, AsksForAWordAndForFiles) {
    EXPECT_EQ(run({"cdi"}).code, 2);
    EXPECT_EQ(run({"cdi", "validate"}).code, 2);
    EXPECT_EQ(run({"cdi", "invent"}).code, 2);
}

} // namespace
} // namespace hdp::testing
