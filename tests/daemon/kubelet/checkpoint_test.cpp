// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/checkpoint.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class CheckpointTest : public ::testing::Test {
  protected:
    std::set<HeldDevice> heldIn(const std::string& content) {
        writeFile(file, content);
        return heldInCheckpoint(file);
    }

    TemporaryDirectory base;
    std::filesystem::path file = base.path() / "kubelet_internal_checkpoint";
};

using ACheckpoint = CheckpointTest;

TEST_F(ACheckpoint, TellsWhatPodsHold) {
    EXPECT_THAT(heldIn(R"({"Data":{"PodDeviceEntries":[
        {"PodUID":"1","ContainerName":"c","ResourceName":"hailo.ai/device",
         "DeviceIDs":{"0":["0000:01:00.0"],"1":["0000:02:00.0"]},"AllocResp":""},
        {"PodUID":"2","ContainerName":"c","ResourceName":"a.ai/gpu","DeviceIDs":{"-1":["g"]},"AllocResp":""}],
        "RegisteredDevices":{"hailo.ai/device":["0000:03:00.0"]}},"Checksum":1})"),
                ElementsAre(HeldDevice{"a.ai/gpu", "g"},
                            HeldDevice{"hailo.ai/device", "0000:01:00.0"},
                            HeldDevice{"hailo.ai/device", "0000:02:00.0"}));
}

TEST_F(ACheckpoint, HoldsNothingWhereThereIsNone) {
    EXPECT_THAT(heldInCheckpoint(file), IsEmpty());
    std::filesystem::create_directory(file);
    EXPECT_THAT(heldInCheckpoint(file), IsEmpty());
}

TEST_F(ACheckpoint, HoldsNothingThatCannotBeRead) {
    EXPECT_THAT(heldIn(""), IsEmpty());
    EXPECT_THAT(heldIn("{"), IsEmpty());
    EXPECT_THAT(heldIn("[]"), IsEmpty());
    EXPECT_THAT(heldIn(R"({"Data":{"PodDeviceEntries":null}})"), IsEmpty());
    EXPECT_THAT(heldIn(R"({"Data":{"PodDeviceEntries":[{"ResourceName":7,"DeviceIDs":{}}]}})"),
                IsEmpty());
}

TEST_F(ACheckpoint, IsNoneIfItNestsDeeperThanAnyKubeletWrites) {
    const std::string held = R"({"Data":{"PodDeviceEntries":[
        {"ResourceName":"hailo.ai/device","DeviceIDs":{"0":["0000:01:00.0"]}}]},"x":)";
    EXPECT_THAT(heldIn(held + "[[[[[[[[[[]]]]]]]]]]}"), SizeIs(1));
    EXPECT_THAT(heldIn(held + std::string(100, '[') + std::string(100, ']') + "}"), IsEmpty());
    EXPECT_THAT(heldIn(std::string(1UL << 20U, '[')), IsEmpty());
}

TEST_F(ACheckpoint, HoldsWhatCouldBeReadBeforeSomethingStrange) {
    EXPECT_THAT(heldIn(R"({"Data":{"PodDeviceEntries":[
        {"ResourceName":"hailo.ai/device","DeviceIDs":{"0":["0000:01:00.0"]}},
        {"ResourceName":"hailo.ai/device","DeviceIDs":7}]}})"),
                ElementsAre(HeldDevice{"hailo.ai/device", "0000:01:00.0"}));
}

} // namespace
} // namespace hdp::testing
