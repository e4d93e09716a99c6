// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/node.hpp"
#include "tests/runtime/bind_mount.hpp"
#include "tests/runtime/podman.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {

/// A machine with chips on which containers run: the fake hardware of Node, seen by everyone on
/// /sys, and in /dev as real device nodes that can be opened. Needs tests/runtime/in_own_host
/// around it, and changes what is mounted there for as long as it lives.
class Host {
  public:
    Host();
    Host(const Host&) = delete;
    Host(Host&&) = delete;
    Host& operator=(const Host&) = delete;
    Host& operator=(Host&&) = delete;
    ~Host();

    Node node;

    /// Plugs a chip whose node is a device of the kernel's that anyone may open, another for each
    /// index: so its number tells which chip a container reached. The result knows it.
    MockChip plug(MockChip chip);
    void unplug(const MockChip& chip);

    /// Takes the chip out and puts it in again as the N-th of its driver.
    MockChip replug(const MockChip& chip, unsigned index);

    /// Starts the daemon for this host's runtimes, and a kubelet; false if the kubelet does not get
    /// to see these chips, all healthy.
    [[nodiscard]] bool start(const std::vector<MockChip>& chips,
                             const std::vector<std::string>& arguments = {});

  private:
    BindMount sysfs_;
    BindMount cgroups_;
    BindMount cdiFolder_;
    std::set<std::filesystem::path> nodes_;

  public:
    Podman podman;
};

/// "0000:01:00.0", which is the chip's name in CDI as well.
std::string idOf(const MockChip& chip);

/// What the stand-in of HailoRT's scan prints when it reaches these chips and no other, sorted.
std::string reached(const std::vector<MockChip>& chips);

/// What a scan printed, sorted in the same way, or what it complained about.
std::string found(const Outcome& scan);

} // namespace hdp::testing
