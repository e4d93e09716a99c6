// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/host.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <set>
#include <sstream>
#include <system_error>

#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

// umockdev turns what is below /dev into its own, and has no nodes that a container could open.
const fs::path devices = "/run/dev";

/// null, zero, full; random, urandom: they are there on every kernel and may be opened for reading
/// and writing.
hotplug::DeviceNumber numberFor(const MockChip& chip) {
    constexpr unsigned memory = 1;
    constexpr std::array<unsigned, 3> ofHailo{3, 5, 7};
    constexpr std::array<unsigned, 2> ofHailo1x{8, 9};
    const bool isYoung = chip.generation().pciDriver == "hailo1x";
    return {memory, isYoung ? ofHailo1x.at(chip.index) : ofHailo.at(chip.index)};
}

fs::path nodeOf(const MockChip& chip) {
    return devices / chip.nodeName();
}

void makeNode(const MockChip& chip) {
    const auto path = nodeOf(chip);
    const auto [major, minor] = chip.nodeNumber();
    if (::mknod(path.c_str(), S_IFCHR | 0600U, makedev(major, minor)) != 0) {
        throw std::system_error(errno, std::generic_category(), "mknod " + path.string());
    }
    fs::permissions(path, fs::perms{0666});
}

fs::path made(const fs::path& folder) {
    fs::create_directories(folder);
    return folder;
}

std::string sortedLines(const std::string& text) {
    std::multiset<std::string> lines;
    std::istringstream stream{text};
    for (std::string line; std::getline(stream, line);) {
        lines.insert(line);
    }
    std::string sorted;
    for (const auto& line : lines) {
        sorted += line + "\n";
    }
    return sorted;
}

} // namespace

Host::Host()
    : sysfs_(made(node.hardware.root() / "sys/fs/cgroup").parent_path().parent_path(), "/sys"),
      cgroups_("/run/cgroup", "/sys/fs/cgroup"),
      cdiFolder_(made(node.cdiFile().parent_path()), "/run/cdi") {}

Host::~Host() {
    for (const auto& path : nodes_) {
        fs::remove(path);
    }
}

MockChip Host::plug(MockChip chip) {
    chip.number = numberFor(chip);
    makeNode(chip);
    nodes_.insert(nodeOf(chip));
    node.hardware.plug(chip);
    return chip;
}

void Host::unplug(const MockChip& chip) {
    fs::remove(nodeOf(chip));
    node.hardware.unplug(chip);
}

MockChip Host::replug(const MockChip& chip, unsigned index) {
    unplug(chip);
    auto moved = chip;
    moved.index = index;
    return plug(moved);
}

bool Host::start(const std::vector<MockChip>& chips, const std::vector<std::string>& arguments) {
    std::vector<std::string> all{"--dev-root", devices};
    all.insert(all.end(), arguments.begin(), arguments.end());
    node.kubelet.start();
    node.startDaemon(all);
    DeviceHealth healthy;
    for (const auto& chip : chips) {
        healthy[idOf(chip)] = "Healthy";
    }
    return node.kubeletSees(healthy);
}

std::string idOf(const MockChip& chip) {
    return toString(chip.address);
}

std::string reached(const std::vector<MockChip>& chips) {
    std::string lines;
    for (const auto& chip : chips) {
        const auto [major, minor] = chip.nodeNumber();
        lines += idOf(chip) + " /dev/" + chip.nodeName() + " " + std::to_string(major) + ":" +
                 std::to_string(minor) + "\n";
    }
    return sortedLines(lines);
}

std::string found(const Outcome& scan) {
    return scan.exitCode == 0 ? sortedLines(scan.output)
                              : std::to_string(scan.exitCode) + ": " + scan.output + scan.errors;
}

} // namespace hdp::testing
