// SPDX-License-Identifier: Apache-2.0
#include "hotplug/driver_generation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace hdp::hotplug {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Pointee;
using ::testing::SizeIs;

const DriverGeneration& withFirstVersion(std::string_view version) {
    const auto generations = driverGenerations();
    return *std::ranges::find(generations, version, &DriverGeneration::firstVersion);
}

TEST(TheGenerations, AreKnownFrom417To53) {
    EXPECT_THAT(driverGenerations(), SizeIs(8));
    EXPECT_EQ(driverGenerations().front().firstVersion, "4.17.0");
    EXPECT_EQ(driverGenerations().back().lastVersion, "5.3.0");
}

TEST(TheGenerations, RenameModuleAndDriverIn501AndClassAndNodeIn53) {
    EXPECT_EQ(withFirstVersion("5.0.0").module, "hailo_pci");
    EXPECT_EQ(withFirstVersion("5.0.1").module, "hailo1x_pci");
    EXPECT_EQ(withFirstVersion("5.0.1").pciDriver, "hailo1x");
    EXPECT_EQ(withFirstVersion("5.0.1").classFolder, "hailo_chardev");
    EXPECT_EQ(withFirstVersion("5.3.0").classFolder, "hailo1x");
    EXPECT_EQ(withFirstVersion("5.3.0").nodePrefix, "h1x-");
    EXPECT_EQ(withFirstVersion("5.3.0").addressAttribute, "device_id");
}

TEST(TheGenerations, HaveAnAcceleratorTypeFrom418To52) {
    EXPECT_FALSE(withFirstVersion("4.17.0").hasAcceleratorType);
    EXPECT_TRUE(withFirstVersion("4.18.0").hasAcceleratorType);
    EXPECT_TRUE(withFirstVersion("5.0.1").hasAcceleratorType);
    EXPECT_FALSE(withFirstVersion("5.3.0").hasAcceleratorType);
}

TEST(TheGenerations, PutTheClassDeviceBelowItsPciFunctionFrom423AndFrom501) {
    EXPECT_FALSE(withFirstVersion("4.21.0").hasPciParent);
    EXPECT_TRUE(withFirstVersion("4.23.0").hasPciParent);
    EXPECT_FALSE(withFirstVersion("5.0.0").hasPciParent);
    EXPECT_TRUE(withFirstVersion("5.0.1").hasPciParent);
}

TEST(TheGenerations, UseTwoClassFolders) {
    EXPECT_THAT(classFolders(), ElementsAre("hailo_chardev", "hailo1x"));
}

TEST(TheGenerations, UseTwoDriverNames) {
    EXPECT_TRUE(isHailoDriver("hailo"));
    EXPECT_TRUE(isHailoDriver("hailo1x"));
    EXPECT_FALSE(isHailoDriver("vfio-pci"));
    EXPECT_FALSE(isHailoDriver("hailo_pci"));
    EXPECT_FALSE(isHailoDriver(""));
}

TEST(AHailo8, IsBoundByAll4xDriversAnd500) {
    const auto generations = generationsFor({hailoVendor, 0x2864});
    ASSERT_THAT(generations, SizeIs(6));
    EXPECT_EQ(generations.back()->firstVersion, "5.0.0");
    EXPECT_THAT(generations, Each(Pointee(Field(&DriverGeneration::module, "hailo_pci"))));
}

TEST(AHailo10H, IsNoLongerBoundBy423) {
    for (const DriverGeneration* generation : generationsFor({hailoVendor, 0x45c4})) {
        EXPECT_NE(generation->firstVersion, "4.23.0");
    }
    EXPECT_EQ(generationsFor({hailoVendor, 0x45c4}).back()->module, "hailo1x_pci");
}

TEST(AHailo12L, IsBoundFrom421On) {
    EXPECT_EQ(generationsFor({hailoVendor, 0x26a2}).front()->firstVersion, "4.21.0");
}

TEST(AnUnknownId, IsBoundByNoGeneration) {
    EXPECT_THAT(generationsFor({hailoVendor, 0x0001}), IsEmpty());
    EXPECT_THAT(generationsFor({0x8086, 0x2864}), IsEmpty()) << "another vendor";
}

TEST(TheGenerations, AreFoundByVersion) {
    for (const auto& generation : driverGenerations()) {
        EXPECT_EQ(generationOf(generation.firstVersion), &generation);
        EXPECT_EQ(generationOf(generation.lastVersion), &generation);
    }
    EXPECT_EQ(generationOf("5.1.1"), generationOf("5.0.1"));
    for (const auto* version :
         {"4.16.2", "4.24.0", "5.10.0", "", "5", "5.3", "5.3.0.1", "5.3.x", "5..0"}) {
        EXPECT_EQ(generationOf(version), nullptr) << version;
    }
}

} // namespace
} // namespace hdp::hotplug
