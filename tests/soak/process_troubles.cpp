// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/descriptor_limit.hpp"
#include "tests/soak/inspection.hpp"
#include "tests/soak/machine.hpp"
#include "tests/soak/troubles.hpp"

#include <string>

namespace hdp::testing {

using namespace std::chrono_literals;

namespace {

/// Long enough for a health check.
void letItCheck(Machine& machine) {
    std::this_thread::sleep_for(1200ms);
    machine.note("a health check goes by");
}

void applyLive(Machine& machine) {
    machine.config.policy = machine.config.policy == "packed" ? "spread" : "packed";
    machine.note("allocation.policy: " + machine.config.policy);
    machine.configure();
}

void spoil(Machine& machine) {
    machine.note("the configuration file has " + machine.config.spoil(machine.dice.below(5)));
    machine.node.daemon().signal(SIGHUP);
    machine.changeHardware();
    await(machine, inspectKubelet);
    machine.configure();
}

} // namespace

void exhaustDescriptors(Machine& machine) {
    const auto spare = machine.dice.below(4);
    machine.note("no descriptor is left but " + std::to_string(spare));
    const DescriptorLimit limit{machine.node.daemon().pid(), spare};
    letItCheck(machine);
    if (const auto finding = inspectKubelet(machine)) {
        throw std::runtime_error("without descriptors " + *finding);
    }
    machine.changeHardware();
    if (machine.dice.percent(40)) {
        machine.killKubelet();
        machine.startKubelet();
    }
    machine.letPass(500ms);
}

void breakBus(Machine& machine) {
    if (machine.dice.percent(30)) {
        machine.note("the bus hangs");
        machine.bus.hang();
        machine.changeHardware();
        machine.letPass(300ms);
        machine.bus.goOn();
        return;
    }
    machine.note("the bus dies");
    machine.bus.kill();
    machine.letPass(300ms);
    if (machine.dice.percent(50)) {
        machine.changeHardware();
    }
    machine.note("a bus starts");
    machine.bus.start();
}

void editConfiguration(Machine& machine) {
    switch (machine.dice.below(3)) {
    case 0:
        return applyLive(machine);
    case 1:
        return machine.beginAnew();
    default:
        return spoil(machine);
    }
}

} // namespace hdp::testing
