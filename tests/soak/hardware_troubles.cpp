// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/inspection.hpp"
#include "tests/soak/machine.hpp"
#include "tests/soak/troubles.hpp"

namespace hdp::testing {

using namespace std::chrono_literals;

void plugAndUnplug(Machine& machine) {
    machine.changeHardware();
}

void makeChipIll(Machine& machine) {
    if (const auto chip = machine.hardware.sicken()) {
        machine.note(*chip + " hangs");
        await(machine, inspectKubelet);
        machine.hardware.heal();
    } else {
        machine.changeHardware();
    }
}

void floodWithUevents(Machine& machine) {
    constexpr int uevents = 300;
    machine.node.daemon().signal(SIGSTOP);
    machine.note("while the daemon sleeps: " + machine.hardware.change());
    while (machine.node.hardware.hasRoom()) {
        machine.hardware.chatter();
    }
    machine.node.daemon().signal(SIGCONT);
    for (int count = 0; count < uevents; ++count) {
        machine.hardware.chatter();
        if (machine.dice.percent(2)) {
            machine.note(machine.hardware.change());
        }
    }
}

void pauseTheDaemon(Machine& machine) {
    machine.pauseDaemon(std::chrono::milliseconds{machine.dice.below(400)});
    machine.changeHardware();
    if (machine.dice.percent(40)) {
        machine.killKubelet();
        machine.startKubelet();
    }
    machine.changeHardware();
}

} // namespace hdp::testing
