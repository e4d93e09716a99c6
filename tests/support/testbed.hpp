// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/fixture.hpp"
#include "tests/support/mock_chip.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <umockdev.h>

namespace hdp::testing {

/// A fake /sys, /dev and uevent bus for this process and those it starts, if they run under
/// umockdev-wrapper. One at a time per process, because UMOCKDEV_DIR tells where it is. One
/// listener per descriptor number: two processes whose monitors have the same one steal each
/// other's uevents. Paths are "/sys/devices/…". Changes come in the kernel's order: when an uevent
/// is sent, the tree and the nodes are already as the uevent says.
class Testbed {
  public:
    using Clock = std::chrono::steady_clock;

    Testbed();
    Testbed(const Testbed&) = delete;
    Testbed(Testbed&&) = delete;
    Testbed& operator=(const Testbed&) = delete;
    Testbed& operator=(Testbed&&) = delete;
    ~Testbed();

    /// The folder that holds the fake "sys" and "dev".
    [[nodiscard]] const std::filesystem::path& root() const { return root_; }

    /// Adds everything in the fixture; each device sends "add".
    void load(const Fixture& fixture);

    /// Loads the module, adds the PCI function and, if the chip is bound, its class device; sends
    /// "add" for each and "bind". Bridges come with the first chip below them and stay. The result
    /// is the moment before the class device was made, whose uevent says that the chip can be used.
    Clock::time_point plug(const MockChip& chip);

    /// Takes the chip away; sends "remove" for the class device, "unbind", "remove".
    void unplug(const MockChip& chip);

    /// Takes the chip out and puts it in again as the N-th of its driver.
    MockChip replug(MockChip chip, unsigned index);

    /// Makes the driver let go of the chip, which stays on the bus; and take it again. The result
    /// is the moment before the uevent that says that the class device is gone or there.
    Clock::time_point unbind(const MockChip& chip);
    Clock::time_point bind(const MockChip& chip);

    void setModuleVersion(std::string_view module, std::string_view version);
    void setAttribute(const std::string& path, const std::string& name, std::string_view content);

    /// Sends a uevent for a device that is there, with properties "KEY=value" beside its own.
    Clock::time_point uevent(const std::string& path,
                             const std::string& action,
                             const std::vector<std::string>& properties = {});

    /// Whether every listener can take one more uevent. Sending waits for those that cannot.
    [[nodiscard]] bool hasRoom() const;

  private:
    struct Unref {
        void operator()(UMockdevTestbed* testbed) const { g_object_unref(testbed); }
    };

    [[nodiscard]] std::filesystem::path inRoot(const std::string& path) const;
    [[nodiscard]] std::filesystem::path driverLink(const MockChip& chip) const;
    void add(const std::string& block);
    Clock::time_point send(const std::string& path, const std::string& action);
    void waitForRoom() const;
    [[nodiscard]] std::vector<std::filesystem::path> listeners() const;
    void addModule(const MockModule& module);
    Clock::time_point removeClassDevice(const MockChip& chip);

    std::unique_ptr<UMockdevTestbed, Unref> testbed_;
    std::filesystem::path root_;
};

} // namespace hdp::testing
