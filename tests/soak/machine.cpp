// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/machine.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <stdexcept>
#include <thread>
#include <utility>

namespace hdp::testing {

Machine::Machine(std::uint32_t seed)
    : dice(seed),
      disk(node.folder.path() / "disk"),
      bus(node.folder.path() / "bus"),
      hardware(node.hardware, dice),
      truth(hardware),
      config(node.configFile()),
      neighbours(node.kubeletDirectory(), disk.path() / "cdi") {
    node.cdiDirectory = disk.path() / "cdi";
}

void Machine::start() {
    bus.start();
    node.kubelet.start();
    neighbours.place();
    config.write();
    node.startDaemon({"--dbus", "auto"});
}

void Machine::changeHardware() {
    do {
        note(hardware.change());
    } while (dice.percent(60));
}

void Machine::killKubelet() {
    note("the kubelet dies");
    node.kubelet.kill();
}

void Machine::startKubelet() {
    requireNoHarm();
    note("a kubelet starts");
    node.kubelet.start();
    neighbours.place(); // a kubelet wipes its folder
}

void Machine::admitPod() {
    forgetPod();
    const auto health = hardware.health();
    if (std::ranges::none_of(health, [](const auto& chip) { return chip.second == "Healthy"; })) {
        return;
    }
    const auto allocation =
        node.kubelet.allocate({.podUid = "pod", .container = "main", .resource = Node::resource});
    if (!allocation.admitted()) {
        throw std::runtime_error("a pod is not admitted: " + allocation.error);
    }
    held_ = {allocation.deviceIds.begin(), allocation.deviceIds.end()};
    for (const auto& id : held_) {
        if (!hardware.nodes().contains(id)) {
            throw std::runtime_error("a pod was given " + id + ", which has no node");
        }
    }
}

void Machine::forgetPod() {
    node.kubelet.forgetPod("pod");
    held_.clear();
}

void Machine::configure() {
    const auto announcement = config.write();
    if (dice.percent(50)) {
        node.daemon().signal(SIGHUP);
    }
    if (!node.daemon().says(announcement)) {
        throw std::runtime_error("the daemon does not take a new configuration");
    }
}

void Machine::setTicking(bool ticks) {
    if (std::exchange(config.ticks, ticks) != ticks) {
        configure();
    }
}

void Machine::beginAnew() {
    static constexpr std::array handovers{"cdi-cri", "cdi-cri, device-specs", "cdi-annotations",
                                          "device-specs, cdi-annotations"};
    std::string other = config.handover;
    while (other == config.handover) {
        other = handovers.at(dice.below(handovers.size()));
    }
    config.handover = other;
    note("handover: " + other);
    truth.beganAnew(held());
    configure();
}

void Machine::pauseDaemon(std::chrono::milliseconds time) {
    note("the daemon sleeps for " + std::to_string(time.count()) + " ms");
    auto& daemon = node.daemon();
    daemon.signal(SIGSTOP);
    pause_ = std::jthread([&daemon, time] {
        std::this_thread::sleep_for(time);
        daemon.signal(SIGCONT);
    });
}

void Machine::letPass(std::chrono::milliseconds longest) {
    const auto time = dice.upTo(dice.percent(70) ? longest / 20 : longest);
    note(std::to_string(time.count()) + " us pass");
    std::this_thread::sleep_for(time);
}

void Machine::note(const std::string& what) {
    notes_ += (notes_.empty() ? "" : "; ") + what;
}

std::string Machine::takeNotes() {
    return std::exchange(notes_, {});
}

void Machine::requireNoHarm() const {
    if (const auto harm = neighbours.harm()) {
        throw std::runtime_error(*harm);
    }
}

} // namespace hdp::testing
