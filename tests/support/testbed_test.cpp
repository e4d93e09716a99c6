// SPDX-License-Identifier: Apache-2.0
#include "hotplug/sysfs_scanner.hpp"
#include "hotplug/udev_monitor.hpp"
#include "tests/support/mock_host.hpp"
#include "tests/support/testbed.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::ptrdiff_t countBelow(const fs::path& path) {
    return std::distance(fs::recursive_directory_iterator(path),
                         fs::recursive_directory_iterator());
}

std::ptrdiff_t countOpenFiles() {
    return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
}

class ATestbed : public ::testing::Test {
  protected:
    static hotplug::Scan scan() { return hotplug::SysfsScanner{"/sys", "/dev"}.scan(); }

    Testbed testbed_;
};

class EachFixture : public ATestbed, public ::testing::WithParamInterface<std::string> {};

TEST_P(EachFixture, LooksInATestbedAsItLooksInFiles) {
    const Fixture fixture = Fixture::load(GetParam());
    MockHost host;
    host.add(fixture);
    testbed_.load(fixture);
    EXPECT_THAT(host.scan().devices, Not(IsEmpty()));
    EXPECT_EQ(scan(), host.scan()) << "with nodes here and without them there";
}

INSTANTIATE_TEST_SUITE_P(Fixtures,
                         EachFixture,
                         ::testing::Values("a_driver_4_17",
                                           "b_driver_4_22",
                                           "c_driver_4_23",
                                           "d_driver_5_1_hailo10h",
                                           "e_driver_5_3",
                                           "f_unbound",
                                           "g_no_class_folder",
                                           "h_integrated",
                                           "i_wide_domains",
                                           "j_config_all_ones"));

TEST_F(ATestbed, ShowsAChipFromPlugToUnplug) {
    const MockChip chip;
    testbed_.plug(chip);
    ASSERT_THAT(scan().devices, SizeIs(1));
    EXPECT_THAT(scan().devices[0].problems, IsEmpty());
    testbed_.unplug(chip);
    EXPECT_EQ(scan(), hotplug::Scan{});
    EXPECT_FALSE(fs::exists("/dev/hailo0"));
}

TEST_F(ATestbed, ShowsAnUnboundChipThatADriverTakesLater) {
    MockChip chip{.isBound = false};
    testbed_.plug(chip);
    EXPECT_FALSE(scan().devices.at(0).classDevice);
    testbed_.bind(chip);
    EXPECT_TRUE(scan().devices.at(0).classDevice);
    EXPECT_THAT(scan().devices[0].problems, IsEmpty());
}

TEST_F(ATestbed, LetsAnotherDriverVersionBeLoaded) {
    testbed_.plug(MockChip{});
    testbed_.setModuleVersion("hailo_pci", "4.22.0");
    EXPECT_EQ(scan().devices.at(0).driverVersion, "4.22.0");
}

TEST_F(ATestbed, LetsAttributesBeChanged) {
    const MockChip chip;
    testbed_.plug(chip);
    testbed_.setAttribute(chip.pciPath(), "numa_node", "1\n");
    EXPECT_EQ(scan().devices.at(0).numaNode, 1);
}

TEST_F(ATestbed, RefusesAUeventOfADeviceThatIsNotThere) {
    EXPECT_THROW(testbed_.uevent("/sys/devices/pci0000:00/none", "change"), std::invalid_argument);
}

TEST_F(ATestbed, LeavesNothingBehindHoweverOftenAChipIsReplugged) {
    MockChip chip;
    testbed_.plug(chip);
    testbed_.unplug(chip);
    const auto files = countBelow(testbed_.root());
    const auto openFiles = countOpenFiles();
    for (unsigned index = 0; index < 50; ++index) {
        chip.index = index % 4;
        testbed_.plug(chip);
        testbed_.unplug(chip);
    }
    EXPECT_EQ(countBelow(testbed_.root()), files);
    // A thread of umockdev's own closes some a little later.
    EXPECT_LT(countOpenFiles(), openFiles + 25);
}

TEST_F(ATestbed, WaitsForAListenerThatIsSlowerThanItself) {
    boost::asio::io_context loop;
    hotplug::UdevMonitor monitor{
        loop, hotplug::UeventSource::Kernel,
        [](hotplug::UdevMonitor::Cause /*cause*/) { std::this_thread::yield(); }};
    std::thread listener{[&loop] { loop.run(); }};
    const MockChip chip;
    testbed_.plug(chip);
    for (int time = 0; time < 500; ++time) {
        testbed_.uevent(chip.pciPath(), "change");
    }
    loop.stop();
    listener.join();
}

} // namespace
} // namespace hdp::testing
