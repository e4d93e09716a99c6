// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/configuration.hpp"
#include "tests/daemon/config/config_test.hpp"

#include <chrono>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::StartsWith;

using TheEnvironment = ConfigTest;

TEST_F(TheEnvironment, SetsListsToo) {
    write("");
    sources.environment = {{"HDP_HANDOVER", "device-specs,cdi-cri"},
                           {"HDP_RESOURCE", "hailo.ai/h8:model=hailo-8,numa=0 a.ai/rest"}};

    EXPECT_THAT(options().handover, ElementsAre(HandoverMode::DeviceSpecs, HandoverMode::CdiCri));
    EXPECT_THAT(options().resources,
                ElementsAre(ResourceRule{"hailo.ai/h8", {.models = {"hailo-8"}, .numaNodes = {0}}},
                            ResourceRule{"a.ai/rest", {}}));
}

TEST_F(TheEnvironment, SetsWhatIsAMapInTheFile) {
    write("");
    sources.environment = {{"HDP_CONTAINER_ANNOTATION", "a.ai/b=c"},
                           {"HDP_CONTAINER_MOUNT", "/h:/i:rw"},
                           {"HDP_SIMULATE_STEP", "5:1:gone"}};

    EXPECT_THAT(options().container.annotations, ElementsAre(Pair("a.ai/b", "c")));
    EXPECT_THAT(options().container.mounts, ElementsAre(ContainerMount{"/h", "/i", false}));
    EXPECT_THAT(options().simulation.script,
                ElementsAre(ScriptStep{std::chrono::seconds{5}, 1, SimulatedState::Gone}));
}

TEST_F(TheEnvironment, IsRefusedWhereItIsNoMap) {
    write("");
    for (const auto* name :
         {"HDP_CONTAINER_ANNOTATION", "HDP_CONTAINER_MOUNT", "HDP_SIMULATE_STEP"}) {
        sources.environment = {{name, "nonsense"}};
        EXPECT_THAT(refusal(), AllOf(StartsWith(name), HasSubstr("nonsense")));
    }
}

TEST_F(TheEnvironment, SetsNothingWhereItIsEmptyUnlessThatMeansSomething) {
    write("log: {level: debug}\n");
    sources.environment = {
        {"HDP_LOG_LEVEL", ""}, {"HDP_HANDOVER", ""}, {"HDP_RESOURCE", ""}, {"HDP_DEV_ROOT", ""}};

    EXPECT_EQ(options().logLevel, log::Level::Debug);
    EXPECT_EQ(options().handover, Options{}.handover);
    EXPECT_EQ(options().devRoot, "");
}

TEST_F(TheEnvironment, IsNamedWhereItIsBad) {
    write("");
    sources.environment = {{"HDP_LOG_LEVEL", "loud"}};
    EXPECT_EQ(refusal(), "HDP_LOG_LEVEL: \"loud\" is none of debug, info, warning, error");
    sources.environment = {{"HDP_CDI_DIRECTORY", "/\xff\xfe"}};
    EXPECT_EQ(refusal(), "HDP_CDI_DIRECTORY: \"/\\xff\\xfe\" is not UTF-8");
    sources.environment = {{"HDP_HANDOVER", ","}};
    EXPECT_EQ(refusal(), "HDP_HANDOVER: needs at least one mode");
}

TEST_F(TheEnvironment, IsWarnedOfWhereItSetsNothing) {
    write("");
    sources.environment = {{"HDP_LOGLEVEL", "debug"}, {"HDP_\xff", ""}, {"HDP_CONFIG", "/x"}};

    EXPECT_THAT(config::load(sources).warnings,
                ElementsAre("the environment variable HDP_LOGLEVEL sets nothing; did you mean "
                            "HDP_LOG_LEVEL?",
                            "the environment variable HDP_\\xff sets nothing"));
}

} // namespace
} // namespace hdp::testing
