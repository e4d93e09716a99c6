// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/sysfs_scanner.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/mock_chip.hpp"
#include "tests/support/temporary_directory.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {

/// A host as files below a temporary folder: no umockdev, no uevents. Paths are the host's:
/// "/sys/…" and "/dev/…".
class MockHost {
  public:
    /// An empty /sys and /dev.
    MockHost();

    /// Adds what the fixture shows, or the fixture of that name, or the chips.
    void add(const Fixture& fixture);
    void add(std::string_view fixtureName);
    void add(const std::vector<MockChip>& chips);

    /// Replaces what is at the path by a file, a link, a folder or nothing.
    void write(const std::string& path, std::string_view content) const;
    void link(const std::string& path, const std::filesystem::path& target) const;
    void makeFolder(const std::string& path) const;
    void remove(const std::string& path) const;

    /// Where a path of the host really is.
    [[nodiscard]] std::filesystem::path inRoot(std::string_view path) const;

    /// With nodes unseen, and with nodes checked.
    [[nodiscard]] hotplug::Scan scan() const;
    [[nodiscard]] hotplug::Scan scanWithNodes() const;

  private:
    TemporaryDirectory root_;
};

/// The reasons of all problems of one device, in their order.
std::vector<hotplug::Reason> reasonsOf(const hotplug::Device& device);

} // namespace hdp::testing
