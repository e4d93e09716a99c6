// SPDX-License-Identifier: Apache-2.0
#include "tests/hotplug/monitor_probe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include <sys/socket.h>
#include <unistd.h>

namespace hdp::hotplug {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A real PCI function that can be made to send uevents, as udevadm trigger does; nothing happens
/// to it.
std::optional<fs::path> triggerableFunction() {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("/sys/bus/pci/devices", ignored)) {
        const fs::path file = entry.path() / "uevent";
        if (::access(file.c_str(), W_OK) == 0) {
            return file;
        }
    }
    return std::nullopt;
}

void trigger(const fs::path& function, int times) {
    for (int time = 0; time < times; ++time) {
        std::ofstream(function) << "change" << std::flush;
    }
}

/// Uevents of the real kernel, in a socket made as small as the kernel allows: a handful fills it.
class ATinySocket : public ::testing::Test {
  protected:
    void SetUp() override {
        function_ = triggerableFunction();
        if (!function_) {
            GTEST_SKIP() << "no uevent of a PCI function may be triggered here";
        }
        const int smallest = 0;
        ASSERT_EQ(::setsockopt(probe_.socket(), SOL_SOCKET, SO_RCVBUF, &smallest, sizeof smallest),
                  0);
    }

    std::optional<fs::path> function_;
    MonitorProbe probe_{UeventSource::Kernel};
};

TEST_F(ATinySocket, OverflowsAndTheMonitorSaysSoOnce) {
    trigger(*function_, 64);
    EXPECT_THAT(probe_.takeCauses(), ElementsAre(UdevMonitor::Cause::Overrun));
    EXPECT_THAT(probe_.takeCauses(), IsEmpty());
}

TEST_F(ATinySocket, OverflowsAgainAfterwardsSoTheMonitorStillListens) {
    trigger(*function_, 64);
    EXPECT_THAT(probe_.takeCauses(), ElementsAre(UdevMonitor::Cause::Overrun));
    trigger(*function_, 64);
    EXPECT_THAT(probe_.takeCauses(), ElementsAre(UdevMonitor::Cause::Overrun));
}

} // namespace
} // namespace hdp::hotplug
