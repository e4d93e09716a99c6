// SPDX-License-Identifier: Apache-2.0
#include "hotplug/problem.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>

namespace hdp::hotplug {
namespace {

constexpr std::array<std::pair<Reason, std::string_view>, 19> names{{
    {Reason::Removed, "removed"},
    {Reason::DriverNotBound, "driver-not-bound"},
    {Reason::ForeignDriver, "foreign-driver"},
    {Reason::ClassDeviceMissing, "class-device-missing"},
    {Reason::ClassDeviceAmbiguous, "class-device-ambiguous"},
    {Reason::PciFunctionMissing, "pci-function-missing"},
    {Reason::AttributeUnreadable, "attribute-unreadable"},
    {Reason::NodeMissing, "node-missing"},
    {Reason::NodeNotADevice, "node-not-a-device"},
    {Reason::NodeMismatch, "node-mismatch"},
    {Reason::ConfigSpaceDead, "config-space-dead"},
    {Reason::NotResponding, "not-responding"},
    {Reason::LinkDown, "link-down"},
    {Reason::LinkDegraded, "link-degraded"},
    {Reason::AerFatal, "aer-fatal"},
    {Reason::AerNonFatal, "aer-nonfatal"},
    {Reason::RecoveryFailed, "recovery-failed"},
    {Reason::PowerState, "power-state"},
    {Reason::WideDomain, "wide-domain"},
}};

std::string documentation() {
    const char* root = std::getenv("HDP_SOURCE_ROOT"); // NOLINT(concurrency-mt-unsafe)
    std::ifstream file{std::filesystem::path{root == nullptr ? "." : root} / "docs/hardware.md"};
    return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(AReason, HasAStableName) {
    for (const auto& [reason, name] : names) {
        EXPECT_EQ(nameOf(reason), name);
    }
}

TEST(AReason, MakesAChipUnusableUnlessItWorksInSpiteOfIt) {
    const std::set<Reason> degraded{Reason::LinkDegraded, Reason::AerNonFatal, Reason::PowerState,
                                    Reason::WideDomain};
    for (const auto& [reason, name] : names) {
        const auto expected = degraded.contains(reason) ? Severity::Degraded : Severity::Unusable;
        EXPECT_EQ(severityOf(reason), expected) << name;
    }
}

TEST(AReason, StandsInTheDocumentationWithWhatItMakesOfTheChip) {
    const auto text = documentation();
    for (const auto& [reason, name] : names) {
        const std::string makes =
            severityOf(reason) == Severity::Degraded ? "degraded" : "unusable";
        EXPECT_THAT(text,
                    ::testing::HasSubstr("\n| `" + std::string{name} + "` | " + makes + " |"));
    }
}

} // namespace
} // namespace hdp::hotplug
