// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/plain_hardware.hpp"

namespace hdp::testing {

namespace {

/// The number of /dev/null.
MockChip numbered(MockChip chip) {
    chip.number = hotplug::DeviceNumber{1, 3};
    return chip;
}

UdevSender::Event ofFunction(const std::string& action, const MockChip& chip) {
    return {action, chip.pciPath(), "pci"};
}

UdevSender::Event ofClassDevice(const std::string& action, const MockChip& chip) {
    return {action, chip.classPath(), std::string{chip.generation().classFolder}};
}

} // namespace

void PlainHardware::add(const MockChip& chip) const {
    host_.link("/dev/" + chip.nodeName(), "/dev/null");
    materialise(fixtureOf({numbered(chip)}), host_.inRoot("/"));
}

PlainHardware::Clock::time_point PlainHardware::bind(const MockChip& chip) {
    add(chip);
    const auto moment = udevd_.send(ofClassDevice("add", chip));
    udevd_.send(ofFunction("bind", chip));
    return moment;
}

PlainHardware::Clock::time_point PlainHardware::unbind(const MockChip& chip) {
    host_.remove("/sys/class/" + std::string{chip.generation().classFolder} + "/" +
                 chip.nodeName());
    host_.remove("/dev/" + chip.nodeName());
    host_.remove(chip.pciPath() + "/driver");
    const auto moment = udevd_.send(ofClassDevice("remove", chip));
    host_.remove(chip.classPath());
    udevd_.send(ofFunction("unbind", chip));
    return moment;
}

PlainHardware::Clock::time_point PlainHardware::change(const MockChip& chip) {
    return udevd_.send(ofFunction("change", chip));
}

std::vector<std::string> PlainHardware::flags() const {
    return {"--sys-root",         host_.inRoot("/sys"), "--dev-root",
            host_.inRoot("/dev"), "--uevents",          "udev"};
}

} // namespace hdp::testing
