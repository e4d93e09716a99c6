// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/checkpoint.hpp"
#include "tests/fake_kubelet/kubelet_test.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

namespace hdp::testing {

using ::testing::ElementsAre;

class CheckpointTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "checkpoint"; }

    static Checkpoint sample() {
        Checkpoint checkpoint;
        Assignment assignment{.idsByNumaNode = {{-1, {"a"}}, {1, {"b", "c"}}}};
        (*assignment.response.mutable_envs())["KEY"] = std::string("\0\xC3\xA4", 3);
        checkpoint.assignments[{"pod", "main", "hailo.ai/device"}] = assignment;
        checkpoint.registered = {{"hailo.ai/device", {"a", "b"}}, {"hailo.ai/other", {}}};
        return checkpoint;
    }

  private:
    PluginFolder folder_;
};

using ACheckpoint = CheckpointTest;

TEST_F(ACheckpoint, ComesBackAsItWas) {
    sample().write(file());
    const auto read = Checkpoint::read(file()).value();
    EXPECT_EQ(read.registered, sample().registered);
    const auto& assignment = read.assignments.at({"pod", "main", "hailo.ai/device"});
    EXPECT_THAT(assignment.idsByNumaNode.at(1), ElementsAre("b", "c"));
    EXPECT_EQ(assignment.response.envs().at("KEY"), std::string("\0\xC3\xA4", 3));
}

TEST_F(ACheckpoint, HasTheKeysOfTheRealOne) {
    sample().write(file());
    std::ifstream in(file());
    const auto document = nlohmann::json::parse(in);
    const auto& entry = document.at("Data").at("PodDeviceEntries").at(0);
    EXPECT_EQ(entry.at("PodUID"), "pod");
    EXPECT_EQ(entry.at("DeviceIDs").at("-1").at(0), "a");
    EXPECT_EQ(document.at("Data").at("RegisteredDevices").at("hailo.ai/device").size(), 2);
}

TEST_F(ACheckpoint, LeavesNothingElseInTheFolder) {
    sample().write(file());
    sample().write(file());
    const std::filesystem::directory_iterator entries(file().parent_path());
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST_F(ACheckpoint, IsAbsentWhereThereIsNoFile) {
    EXPECT_FALSE(Checkpoint::read(file()).has_value());
}

TEST_F(ACheckpoint, IsIgnoredWhenItMakesNoSense) {
    std::ofstream(file()) << R"({"Data":{"PodDeviceEntries":[{}]}})";
    EXPECT_FALSE(Checkpoint::read(file()).has_value());
}

TEST_F(ACheckpoint, CannotBeWrittenWhereThereIsNoFolder) {
    EXPECT_THROW(sample().write(file() / "sub" / "checkpoint"), std::system_error);
}

} // namespace hdp::testing
