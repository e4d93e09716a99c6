// SPDX-License-Identifier: Apache-2.0
#include "daemon/simulate/simulation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(ASimulation, NamesItsDevicesAfterTheNode) {
    EXPECT_EQ(stemOf({.idPrefix = "sim", .nodeName = "node1"}), "sim-node1");
}

TEST(ASimulation, HasSomeNameForANodeThatNobodyNames) {
    const auto stem = stemOf({.idPrefix = "sim"});

    EXPECT_TRUE(stem.starts_with("sim-"));
    EXPECT_GT(stem.size(), std::string{"sim-"}.size());
}

TEST(ASimulation, GivesContainersNothingButAWarningByDefault) {
    EXPECT_THAT(environmentOf({}, 3), ElementsAre(Pair("HAILO_SIMULATED", "1")));
    EXPECT_EQ(annotationKeyOf({}, 3), "");
    EXPECT_EQ(nodePathOf({}, 3), "");
}

TEST(ASimulation, GivesWhatItsPrefixesSay) {
    const Simulation simulation{
        .annotationPrefix = "example.com/sim", .envPrefix = "SIM", .deviceFilePrefix = "sim"};

    EXPECT_THAT(environmentOf(simulation, 3),
                ElementsAre(Pair("HAILO_SIMULATED", "1"), Pair("SIM_3", "/dev/3")));
    EXPECT_EQ(annotationKeyOf(simulation, 3), "example.com/sim-3");
    EXPECT_EQ(nodePathOf(simulation, 3), "/dev/sim-3");
}

TEST(ASimulation, RefusesPrefixesThatLeadElsewhere) {
    for (const char* bad : {"../etc/x", "a/b", ".a", "-a", "a b", "a\n"}) {
        EXPECT_THROW(checkIdPrefix(bad), std::invalid_argument) << bad;
        EXPECT_THROW(checkDeviceFilePrefix(bad), std::invalid_argument) << bad;
        EXPECT_THROW(checkNodeName(bad), std::invalid_argument) << bad;
    }
    EXPECT_THROW(checkIdPrefix(""), std::invalid_argument);
    EXPECT_THROW(checkIdPrefix(std::string(64, 'a')), std::invalid_argument);
    EXPECT_NO_THROW(checkDeviceFilePrefix(""));
    EXPECT_NO_THROW(checkNodeName("ip-10-0-0-1.eu-west-1.compute.internal"));
}

} // namespace
} // namespace hdp::testing
