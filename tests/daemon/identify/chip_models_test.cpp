// SPDX-License-Identifier: Apache-2.0
#include "daemon/identify/chip_models.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto firstId = "0000:01:00.0";

class ChipModelsTest : public ::testing::Test {
  protected:
    ChipModelsTest() { setPowerState("D3hot\n"); }

    void setPowerState(const std::string& state) const {
        const auto folder = base.path() / "bus/pci/devices" / firstId;
        std::filesystem::create_directories(folder);
        writeFile(folder / "power_state", state);
    }

    /// Chips are asked by a script, which gets the node as its $0 and is logged in "asked".
    void answerBy(const std::string& script, std::chrono::milliseconds limit = 30s) {
        const auto note = "echo $0 >> " + (base.path() / "asked").string() + "; ";
        models.emplace(loop,
                       ChipModels::Parameters{.mode = IdentifyMode::Once,
                                              .sysRoot = base.path(),
                                              .devRoot = "/dev",
                                              .program = {"/bin/sh", "-c", note + script},
                                              .limits = {.time = limit}},
                       [this] { ++known; });
    }

    hotplug::Device refine(const hotplug::Device& device) {
        return models->refine({{device}, {}}).devices.at(0);
    }

    /// What is said of the chip after it was asked.
    hotplug::Device refined(const hotplug::Device& device) {
        const auto before = known;
        EXPECT_TRUE(refine(device).isBeingIdentified);
        EXPECT_TRUE(runUntil(loop, [this, before] { return known > before; }));
        return refine(device);
    }

    [[nodiscard]] std::vector<std::string> asked() const {
        std::vector<std::string> nodes;
        std::ifstream file{base.path() / "asked"};
        for (std::string node; file >> node;) {
            nodes.push_back(node);
        }
        return nodes;
    }

    CapturedLog log;
    TemporaryDirectory base;
    boost::asio::io_context loop;
    int known = 0;
    std::optional<ChipModels> models;
};

using TheModels = ChipModelsTest;

TEST_F(TheModels, AreWhatTheChipsSay) {
    answerBy("echo hailo-8l");
    const auto device = refined(chip(firstId, 3));

    EXPECT_EQ(device.model, "hailo-8l");
    EXPECT_FALSE(device.isBeingIdentified);
    EXPECT_THAT(asked(), ::testing::ElementsAre("/dev/hailo3"));
}

TEST_F(TheModels, AreAskedForOnce) {
    answerBy("echo hailo-8l");
    refined(chip(firstId));
    refine(chip(firstId));
    runReady(loop);

    EXPECT_EQ(asked().size(), 1U);
    EXPECT_EQ(known, 1);
}

TEST_F(TheModels, AreAskedForAgainWhenTheChipIsBoundAnew) {
    answerBy("echo hailo-8l");
    refined(chip(firstId));
    EXPECT_EQ(refine(unboundChip(firstId)).model, "hailo-8");

    EXPECT_EQ(refined(chip(firstId)).model, "hailo-8l");
    EXPECT_EQ(asked().size(), 2U);
}

TEST_F(TheModels, AreNotAskedForWhileAChipIsInUse) {
    answerBy("echo hailo-8l");
    for (const char* state : {"D0\n", "D3cold\n", "unknown\n", ""}) {
        setPowerState(state);
        const auto device = refine(chip(firstId));
        EXPECT_FALSE(device.isBeingIdentified);
        EXPECT_EQ(device.model, "hailo-8");
        refine(unboundChip(firstId));
    }
    loop.run();

    EXPECT_THAT(asked(), IsEmpty());
}

TEST_F(TheModels, AreNotAskedForWhereTheBusTells) {
    answerBy("echo hailo-8l");

    EXPECT_EQ(refine(youngChip(firstId)).model, "hailo-10h");
    EXPECT_EQ(refine(with(hotplug::Reason::ConfigSpaceDead, chip(firstId))).model, "hailo-8");
    loop.run();
    EXPECT_THAT(asked(), IsEmpty());
}

TEST_F(TheModels, StayPlainWhenAChipNeverAnswers) {
    answerBy("exec sleep 1000", 50ms);
    const auto device = refined(chip(firstId));

    EXPECT_EQ(device.model, "hailo-8");
    EXPECT_FALSE(device.isBeingIdentified);
    EXPECT_THAT(log.text(), HasSubstr("did not end within 50 ms"));
}

TEST_F(TheModels, StayPlainWhenAChipAnswersGarbage) {
    answerBy("echo hailo-8l and more");

    EXPECT_EQ(refined(chip(firstId)).model, "hailo-8");
    EXPECT_THAT(log.text(), HasSubstr("got nonsense"));
}

TEST_F(TheModels, StayPlainWhenTheChildFails) {
    answerBy("exit 1");

    EXPECT_EQ(refined(chip(firstId)).model, "hailo-8");
    EXPECT_THAT(log.text(), HasSubstr("ended with code 1"));
}

TEST_F(TheModels, ForgetAChipThatVanishesWhileItIsAsked) {
    answerBy("exec sleep 1000");
    EXPECT_TRUE(refine(chip(firstId)).isBeingIdentified);
    (void)models->refine({});
    loop.run(); // returns because nothing is waited for

    EXPECT_EQ(known, 0);
}

TEST_F(TheModels, HoldUpNoStop) {
    answerBy("exec sleep 1000");
    refine(chip(firstId));
    models->stop();
    loop.run();

    EXPECT_FALSE(refine(chip(firstId)).isBeingIdentified);
}

} // namespace
} // namespace hdp::testing
