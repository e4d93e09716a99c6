// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/inspection.hpp"
#include "tests/soak/machine.hpp"
#include "tests/soak/troubles.hpp"
#include "tests/support/remove_all.hpp"

#include <filesystem>

namespace hdp::testing {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

void empty(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder)) {
        removeAll(entry);
    }
}

} // namespace

void restartKubelet(Machine& machine) {
    do {
        machine.killKubelet();
        machine.letPass(200ms);
        if (machine.dice.percent(50)) {
            machine.changeHardware();
        }
        machine.startKubelet();
        machine.letPass(20ms);
    } while (machine.dice.percent(40));
}

void refuseRegistrations(Machine& machine) {
    auto& kubelet = machine.node.kubelet;
    const auto wanted = kubelet.registrations().size() + 1 + machine.dice.below(2);
    machine.note("the kubelet refuses");
    kubelet.misbehave({.refusal = "not today"});
    machine.killKubelet();
    machine.startKubelet();
    machine.changeHardware();
    const bool wasAsked =
        kubelet.waitUntil([&kubelet, wanted] { return kubelet.registrations().size() >= wanted; });
    kubelet.misbehave({});
    if (!wasAsked) {
        throw std::runtime_error("the daemon does not ask a kubelet that refused it again");
    }
}

void resetStream(Machine& machine) {
    machine.note("the kubelet hangs up");
    machine.node.kubelet.hangUpOn(Node::resource);
    if (machine.dice.percent(50)) {
        machine.changeHardware();
    }
}

void spoilPluginFolder(Machine& machine) {
    const auto folder = machine.node.kubeletDirectory();
    machine.killKubelet();
    machine.forgetPod(); // the checkpoint goes
    switch (machine.dice.below(3)) {
    case 0:
        machine.note("its folder is emptied");
        empty(folder);
        break;
    case 1:
        machine.note("its folder is removed");
        removeAll(folder);
        break;
    default:
        machine.note("its folder is moved away");
        fs::rename(folder, folder.string() + ".old");
        machine.letPass(50ms);
        fs::remove_all(folder.string() + ".old");
    }
    machine.letPass(200ms);
    machine.neighbours.place();
    machine.startKubelet();
}

} // namespace hdp::testing
