// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/inspection.hpp"

#include "tests/soak/bus_view.hpp"
#include "tests/soak/machine.hpp"
#include "tests/support/process_stats.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <map>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

using Finding = std::optional<std::string>;
using Nodes = std::map<std::string, std::string>;

std::string textOf(const Nodes& nodes) {
    return ::testing::PrintToString(nodes);
}

Finding inspectProcess(Machine& machine) {
    if (!machine.node.daemon().runs()) {
        return "the daemon has ended";
    }
    if (const auto panic = machine.node.kubelet.panicked()) {
        return "the kubelet has panicked: " + *panic;
    }
    return std::nullopt;
}

Finding inspectList(Machine& machine) {
    if (!machine.node.kubelet.lastMessage(Node::resource)) {
        return "the kubelet has no list";
    }
    if (const auto wrong = machine.truth.contradicts(machine.node.devices())) {
        return "the kubelet's list: " + *wrong;
    }
    return std::nullopt;
}

Finding inspectRegistration(Machine& machine) {
    const auto& node = machine.node;
    if (const auto streams = node.kubelet.openStreams(Node::resource); streams != 1) {
        return "there are " + std::to_string(streams) + " ListAndWatch streams";
    }
    auto sockets = node.pluginSockets();
    std::erase_if(sockets, [&](const std::string& name) {
        return machine.neighbours.contains(node.kubeletDirectory() / name);
    });
    const auto endpoint = node.kubelet.registrations().back().endpoint;
    if (sockets != std::vector{endpoint}) {
        return "the plugin sockets are " + ::testing::PrintToString(sockets) + " and not " +
               endpoint;
    }
    return std::nullopt;
}

/// The nodes of each device in the file. A file that does not parse strictly throws.
std::map<std::string, std::set<std::string>> nodesInCdi(const Machine& machine) {
    std::map<std::string, std::set<std::string>> nodes;
    if (const auto spec = machine.node.cdiSpec()) {
        for (const auto& device : spec->devices) {
            for (const auto& node : device.containerEdits.deviceNodes) {
                nodes[device.name].insert(node.path);
            }
        }
    }
    return nodes;
}

/// One device for each chip that has a node, and one for all of them.
std::map<std::string, std::set<std::string>> wantedInCdi(const Machine& machine) {
    std::map<std::string, std::set<std::string>> wanted;
    for (const auto& [id, node] : machine.hardware.nodes()) {
        wanted[id] = {node};
        wanted["all"].insert(node);
    }
    return wanted;
}

Finding inspectCdiFile(Machine& machine) {
    const auto nodes = nodesInCdi(machine);
    if (const auto wanted = wantedInCdi(machine); nodes != wanted) {
        return "the CDI file has " + ::testing::PrintToString(nodes) + " and not " +
               ::testing::PrintToString(wanted);
    }
    if (nodes.empty() && fs::exists(machine.node.cdiFile())) {
        return "the CDI file is there without a chip";
    }
    for (const auto& entry : fs::directory_iterator(machine.node.cdiDirectory)) {
        if (entry.path() != machine.node.cdiFile() && !machine.neighbours.contains(entry.path())) {
            return "there is a file left over: " + entry.path().string();
        }
    }
    return std::nullopt;
}

Finding inspectLinks(Machine& machine) {
    Nodes links;
    const auto folder = machine.node.stateDirectory() / "devices";
    for (const auto& entry : fs::directory_iterator(folder)) {
        links[entry.path().filename()] = fs::read_symlink(entry.path());
    }
    if (links != machine.hardware.nodes()) {
        return "the links are " + textOf(links) + " and not " + textOf(machine.hardware.nodes());
    }
    return std::nullopt;
}

Finding inspectDescriptors(Machine& machine) {
    const auto now = descriptorsOf(machine.node.daemon().pid());
    const auto& resting = machine.restingDescriptors;
    if (!resting.empty() && now != resting) {
        return "the daemon has the descriptors " + ::testing::PrintToString(now) + " and not " +
               ::testing::PrintToString(resting);
    }
    return std::nullopt;
}

/// A folder that is not watched any more shows only when something happens in it.
Finding inspectWatches(Machine& machine) {
    const auto watches = watchesOf(machine.node.daemon().pid());
    if (!machine.restingDescriptors.empty() && watches != machine.restingWatches) {
        return "the daemon watches " + std::to_string(watches) + " folders and not " +
               std::to_string(machine.restingWatches);
    }
    return std::nullopt;
}

Finding inspectNeighbours(Machine& machine) {
    return machine.neighbours.harm();
}

/// The one that costs most is the last.
Finding inspectBus(Machine& machine) {
    const auto view = chipsOnTheBus();
    if (!view) {
        return "the daemon is not on the system bus";
    }
    if (const auto wrong = machine.truth.contradicts(*view)) {
        return "the system bus: " + *wrong;
    }
    return std::nullopt;
}

/// The first finding of some inspections. What cannot be looked at is one.
template <std::size_t count>
Finding firstOf(Machine& machine, const std::array<Inspection, count>& inspections) {
    try {
        for (const auto inspect : inspections) {
            if (auto finding = inspect(machine)) {
                return finding;
            }
        }
        return std::nullopt;
    } catch (const std::exception& error) {
        return error.what();
    }
}

} // namespace

std::optional<std::string> inspectKubelet(Machine& machine) {
    return firstOf(machine, std::array{inspectProcess, inspectList});
}

std::optional<std::string> inspectTruth(Machine& machine) {
    return firstOf(machine,
                   std::array{inspectProcess, inspectList, inspectRegistration, inspectCdiFile,
                              inspectLinks, inspectWatches, inspectNeighbours, inspectBus});
}

std::optional<std::string> inspectAll(Machine& machine) {
    return firstOf(machine, std::array{inspectDescriptors, inspectTruth});
}

std::chrono::nanoseconds await(Machine& machine, Inspection inspection) {
    constexpr std::chrono::milliseconds betweenLooks{2};
    const auto start = std::chrono::steady_clock::now();
    while (const auto finding = inspection(machine)) {
        const bool isHopeless = !machine.node.daemon().runs();
        if (isHopeless || std::chrono::steady_clock::now() - start > recoveryBound) {
            throw std::runtime_error(*finding);
        }
        std::this_thread::sleep_for(betweenLooks);
    }
    return std::chrono::steady_clock::now() - start;
}

} // namespace hdp::testing
