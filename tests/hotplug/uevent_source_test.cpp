// SPDX-License-Identifier: Apache-2.0
#include "hotplug/udev_monitor.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gtest/gtest.h>

namespace hdp::hotplug {
namespace {

TEST(AUeventSource, HasTheNameThatLibudevUses) {
    EXPECT_EQ(nameOf(UeventSource::Udev), "udev");
    EXPECT_EQ(nameOf(UeventSource::Kernel), "kernel");
    EXPECT_EQ(nameOf(UeventSource::Automatic), "auto");
}

TEST(AUeventSource, IsUdevWhereUdevdRuns) {
    const testing::TemporaryDirectory run;
    testing::writeFile(run.path() / "control", "");
    EXPECT_EQ(resolve(UeventSource::Automatic, run.path() / "control"), UeventSource::Udev);
}

TEST(AUeventSource, IsTheKernelWhereUdevdDoesNotRun) {
    const testing::TemporaryDirectory run;
    EXPECT_EQ(resolve(UeventSource::Automatic, run.path() / "control"), UeventSource::Kernel);
}

TEST(AUeventSource, StaysAsItWasChosen) {
    const testing::TemporaryDirectory run;
    EXPECT_EQ(resolve(UeventSource::Udev, run.path() / "control"), UeventSource::Udev);
    testing::writeFile(run.path() / "control", "");
    EXPECT_EQ(resolve(UeventSource::Kernel, run.path() / "control"), UeventSource::Kernel);
}

} // namespace
} // namespace hdp::hotplug
